/** What the launcher on a shop's page and the frame of Diji's own origin say to each other. */

export interface SignedUser {
  id: string;
  name: string;
  signature: string;
}

export type ToFrame =
  | { say: "hello"; user: SignedUser | null; open: boolean; kept: Record<string, string> }
  | { say: "open"; draft: string }
  | { say: "closed" };

export type ToLauncher =
  | { say: "ready" }
  | { say: "shop"; name: string; colour: string }
  | { say: "unread"; count: number }
  | { say: "keep"; key: string; value: string | null }
  | { say: "close" };

const MARK = "diji/1";

export const sealed = <T extends ToFrame | ToLauncher>(words: T) => ({ diji: MARK, ...words });

/** The words of a message that is ours; anything else that flies around on a page is null. */
export function opened<T extends ToFrame | ToLauncher>(data: unknown): T | null {
  const ours = typeof data === "object" && data !== null && (data as { diji?: unknown }).diji === MARK;
  return ours ? (data as T) : null;
}

/** Only plain colours go into a style: the text comes from another window. */
export const isColour = (text: unknown): text is string =>
  typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text);
