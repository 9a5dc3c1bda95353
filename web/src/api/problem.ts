import { common } from "@/kit/common";
import { currentLanguage } from "@/kit/words";

/** A refused request: `message` is already in the user's language and may be shown where the action was. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function problemFrom(body: unknown, status: number): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  const words = common[currentLanguage()];
  const message = typeof said.message === "string" && said.message ? said.message : words.broke;
  return new Problem(said.code ?? "broken", message, status, said.details ?? {});
}

export function offline(): Problem {
  return new Problem("offline", common[currentLanguage()].offline, 0);
}

export function wordsOf(error: unknown): string {
  return error instanceof Problem ? error.message : common[currentLanguage()].broke;
}
