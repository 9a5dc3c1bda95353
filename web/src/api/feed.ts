import type { Conversation, Message, Suggestion } from "./shapes";

/** One event from the ledger, with what the screen may show of it. */
export interface Happened {
  name: string;
  position: number;
  id: string;
  happenedAt: string;
  shopId: string | null;
  conversationId: string | null;
  message?: Message;
  conversation?: Conversation;
  suggestions?: Suggestion[];
  [field: string]: unknown;
}

export interface Typing {
  conversationId: string;
  who: string;
}

export type FeedState = "connecting" | "open" | "lost";

interface Ears {
  happened(event: Happened): void;
  typing(typing: Typing): void;
  resync(): void;
  state(state: FeedState): void;
}

type Frame =
  | { type: "hello"; position: number }
  | { type: "event"; position: number; name: string; event: Record<string, unknown> }
  | ({ type: "typing" } & Typing)
  | { type: "resync"; position?: number };

const SLOWEST = 15_000;
const SIGNED_OUT = 4401;

/** How long to wait before trying again: doubling, with jitter so that a whole team does not knock at once. */
export function pause(attempt: number, chance = Math.random()): number {
  return Math.min(SLOWEST, 500 * 2 ** attempt) * (0.5 + chance / 2);
}

/** The live feed: resumes by ledger position, reconnects by itself, hears nothing twice. */
export class Feed {
  private socket: WebSocket | null = null;
  private position: number | null = null;
  private attempt = 0;
  private timer = 0;
  private stopped = false;

  constructor(
    private readonly address: string,
    private readonly ears: Ears,
    private readonly open: (address: string) => WebSocket = (to) => new WebSocket(to),
  ) {}

  start(): void {
    this.stopped = false;
    this.connect();
    window.addEventListener("online", this.hurry);
  }

  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    window.removeEventListener("online", this.hurry);
    this.socket?.close();
    this.socket = null;
  }

  sayTyping(conversationId: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ type: "typing", conversationId }));
    }
  }

  private readonly hurry = (): void => {
    if (this.socket?.readyState === WebSocket.OPEN) return;
    window.clearTimeout(this.timer);
    this.attempt = 0;
    this.connect();
  };

  private connect(): void {
    if (this.stopped) return;
    const before = this.socket;
    const socket = this.open(this.address);
    this.socket = socket;
    before?.close();
    socket.onopen = () => socket.send(JSON.stringify({ after: this.position }));
    socket.onmessage = ({ data }) => this.socket === socket && this.hearAll(String(data));
    socket.onclose = ({ code }) => this.socket === socket && this.lost(code);
  }

  private lost(code: number): void {
    if (this.stopped) return;
    // The server closes with this code when the session ended; the next request leads to the sign-in page.
    if (code === SIGNED_OUT) this.ears.resync();
    this.ears.state("lost");
    this.timer = window.setTimeout(() => this.connect(), pause(this.attempt));
    this.attempt += 1;
  }

  private hearAll(data: string): void {
    for (const line of data.split("\n")) {
      try {
        this.hear(line);
      } catch (error) {
        reportError(error); // the lines after it are news too
      }
    }
  }

  private hear(data: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(data) as Frame;
    } catch {
      return;
    }
    if (frame.type === "hello") this.welcomed(frame.position);
    else if (frame.type === "typing") this.ears.typing(frame);
    else if (frame.type === "resync") {
      this.position = frame.position ?? null;
      this.ears.resync();
    } else if (frame.type === "event") this.take(frame);
  }

  private welcomed(position: number): void {
    // What was asked before the feed stood may have missed something.
    const first = this.position === null;
    this.attempt = 0;
    this.position = Math.max(this.position ?? 0, position);
    this.ears.state("open");
    if (first) this.ears.resync();
  }

  private take(frame: Extract<Frame, { type: "event" }>): void {
    if (this.position !== null && frame.position <= this.position) return;
    this.position = frame.position;
    const { type: _, event, ...beside } = frame;
    this.ears.happened({ ...event, ...beside } as unknown as Happened);
  }
}

export function feedAddress(): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/feed`;
}
