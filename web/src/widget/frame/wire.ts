/** The HTTP side: what the frame asks the server, and how refusals come back. */

import type { SignedUser } from "../protocol";
import type { Failure } from "./rules/outbox";
import type { Attachment, Page } from "./rules/thread";

export interface Welcome {
  token: string;
  shop: string;
  colour: string;
}

export interface Posted {
  conversationId: string;
  messageId: string;
  seq: number;
}

export interface Order {
  id: string;
  state: string;
  placedAt: string;
  total: number;
  names: string[];
}

export class Problem extends Error implements Failure {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, "", null);

export class Wire {
  token = "";

  constructor(
    private readonly shop: string,
    private readonly language: string,
  ) {}

  visit(token: string | null, user: SignedUser | null): Promise<Welcome> {
    return this.json("POST", `/${encodeURIComponent(this.shop)}/visit`, { token, user });
  }

  thread(after: number): Promise<Page> {
    return this.json("GET", `/thread?after=${after}`);
  }

  say(text: string, clientId: string, attachments: string[]): Promise<Posted> {
    return this.json("POST", "/messages", { text, clientId, attachments });
  }

  read(seq: number): Promise<void> {
    return this.json("POST", "/read", { seq });
  }

  orders(): Promise<Order[]> {
    return this.json("GET", "/orders");
  }

  async picture(id: string): Promise<Blob> {
    return (await this.ask("GET", `/files/${encodeURIComponent(id)}`)).blob();
  }

  /** `fetch` cannot tell how far an upload has come, so this one goes the old way. */
  upload(blob: Blob, progress: (share: number) => void): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/api/widget/files");
      for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
      request.timeout = 120_000;
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onload = () => {
        const said = parsed(request.responseText);
        if (request.status < 300) resolve(said as unknown as Attachment);
        else reject(refusal(request.status, said, request.getResponseHeader("Retry-After")));
      };
      request.onerror = () => reject(new Problem(0, "", null));
      request.ontimeout = request.onerror;
      const form = new FormData();
      form.append("file", blob, "picture");
      request.send(form);
    });
  }

  private headers(): Record<string, string> {
    return { "X-Diji-Visitor": this.token, "Accept-Language": this.language };
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, path, body);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = this.headers();
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(`/api/widget${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
    }).catch(() => {
      throw new Problem(0, "", null);
    });
    if (answer.ok) return answer;
    throw refusal(answer.status, parsed(await answer.text()), answer.headers.get("Retry-After"));
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

function refusal(status: number, said: Record<string, unknown>, retryAfter: string | null): Problem {
  const message = typeof said.message === "string" ? said.message : "";
  return new Problem(status, message, retryAfter === null ? null : Number(retryAfter) || 1);
}
