/** The live line: one WebSocket that comes back by itself and says from where it wants to go on. */

import { pause } from "./rules/pause";
import type { Page, Said, Standing } from "./rules/thread";

export type Frame =
  | ({ type: "thread" } & Page)
  | { type: "said"; message: Said; conversationId?: string }
  | ({ type: "state"; conversationId: string | null } & Standing)
  | { type: "typing"; name: string | null }
  | { type: "resync" };

interface Ends {
  hello: () => { token: string; after: number };
  heard: (frame: Frame) => void;
  /** Up or down; `stranger` when the server does not know the token. */
  changed: (up: boolean, stranger: boolean) => void;
}

const NOT_SIGNED_IN = 4401;
const TYPING_EVERY = 2500;

export class Line {
  private socket: WebSocket | null = null;
  private tries = 0;
  private timer = 0;
  private typedAt = 0;
  private stopped = true;

  constructor(private readonly ends: Ends) {
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  start(): void {
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Begin anew: the old socket seems to be dead without having said so. */
  restart(): void {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.tries = 0;
    if (!this.stopped) this.connect();
  }

  typing(): void {
    const now = Date.now();
    if (this.socket?.readyState !== WebSocket.OPEN || now - this.typedAt < TYPING_EVERY) return;
    this.typedAt = now;
    this.socket.send('{"type":"typing"}');
  }

  private hurry(): void {
    if (this.stopped || this.socket) return;
    this.tries = 0;
    this.connect();
  }

  private connect(): void {
    window.clearTimeout(this.timer);
    if (this.socket) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/widget/socket`);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.ends.hello()));
    socket.onmessage = ({ data }) => {
      for (const line of String(data).split("\n")) {
        try {
          if (socket === this.socket) this.hear(line);
        } catch (error) {
          reportError(error); // the lines after it are news too
        }
      }
    };
    socket.onclose = ({ code }) => {
      if (socket !== this.socket) return;
      this.socket = null;
      this.ends.changed(false, code === NOT_SIGNED_IN);
      if (!this.stopped)
        this.timer = window.setTimeout(() => this.connect(), pause(this.tries++, Math.random()));
    };
  }

  private hear(line: string): void {
    const frame = understood(line);
    if (!frame) return;
    if (frame.type === "thread") {
      this.tries = 0;
      this.ends.changed(true, false);
    }
    this.ends.heard(frame);
  }
}

function understood(line: string): Frame | null {
  try {
    const frame: unknown = JSON.parse(line);
    return typeof frame === "object" && frame !== null && "type" in frame ? (frame as Frame) : null;
  } catch {
    return null;
  }
}
