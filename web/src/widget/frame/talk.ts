/** The talk with one shop: who we are, what was said, what is on its way. The components show its state. */

import { isColour, type SignedUser } from "../protocol";
import { keep, recall, whenChanged } from "./keep";
import type { Words } from "./language";
import { type Frame, Line } from "./line";
import { Outgoing } from "./outgoing";
import { Pictures } from "./pictures";
import { arrived, asSaid, type QueuedPicture, type Waiting } from "./rules/outbox";
import { pause } from "./rules/pause";
import { type Said, type Step, takePage, takePosted, takeSaid, takeStanding } from "./rules/thread";
import { Seen } from "./seen";
import { DEFAULT_COLOUR, START, type State } from "./state";
import { type Posted, Problem, problemOf, Wire } from "./wire";

const TYPING_SHOWN = 4000;
const POLL_EVERY = 6000;
const SILENCE = 6000;

export class Talk {
  state: State = START;
  readonly wire: Wire;
  readonly pictures: Pictures;
  readonly outgoing: Outgoing;
  private readonly listeners = new Set<(state: State) => void>();
  private readonly line: Line;
  private readonly seen: Seen;
  private user: SignedUser | null = null;
  private frameAt = 0;
  private typingTimer = 0;
  private pollTimer = 0;
  private asking = false;
  private askNext: number | null = null;

  constructor(
    private readonly shopId: string,
    private readonly words: Words,
  ) {
    this.wire = new Wire(shopId, words.code);
    this.seen = new Seen(this.wire);
    this.pictures = new Pictures(
      this.wire,
      {
        changed: () => this.set({}),
        uploaded: (key, id) => this.outgoing.uploaded(key, id),
        spoiled: (key, message) => this.outgoing.spoiled(key, message),
      },
      { lost: words.pictureLost, failed: words.pictureFailed, tooBig: words.pictureTooBig },
    );
    this.outgoing = new Outgoing(
      this.wire,
      this.pictures,
      {
        changed: (queue, sending) => this.set({ queue, sending }),
        arrived: (entry, posted) => this.arrived(entry, posted),
        stranger: () => void this.enter(),
      },
      words.failed,
    );
    this.line = new Line({
      hello: () => ({ token: this.wire.token, after: this.state.thread.through }),
      heard: (frame) => this.heard(frame),
      changed: (up, stranger) => this.lineChanged(up, stranger),
    });
    for (const name of ["online", "offline"]) {
      window.addEventListener(name, () => this.set({ online: navigator.onLine }));
    }
    document.addEventListener("visibilitychange", () => this.look());
    whenChanged(`diji:${shopId}:`, () => this.recallSeen());
  }

  watch(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Somebody we know listens for answers at once; a stranger costs nothing until they open the chat. */
  begin(user: SignedUser | null, open: boolean): void {
    this.user = user;
    this.set({ open, draft: recall(this.key("draft")) ?? "" });
    if (open || recall(this.key("token"))) void this.enter();
  }

  open(draft: string): void {
    this.set(draft ? { open: true, draft } : { open: true });
    if (this.state.phase === "idle") void this.enter();
    this.look();
  }

  closed(): void {
    this.set({ open: false });
  }

  say(text: string, pictures: QueuedPicture[] = []): void {
    this.outgoing.add(text.trim(), pictures, this.state.thread.through);
  }

  keepDraft(draft: string): void {
    this.state = { ...this.state, draft };
    keep(this.key("draft"), draft || null);
    if (draft) this.line.typing();
  }

  private key = (what: string): string => `diji:${this.shopId}:${this.user?.id ?? ""}:${what}`;

  private async enter(tries = 0): Promise<void> {
    if (this.state.phase === "opening" && tries === 0) return;
    this.set({ phase: "opening" });
    try {
      const before = recall(this.key("token"));
      const { token, shop, colour } = await this.wire.visit(before, this.user);
      this.wire.token = token;
      // A newcomer has said nothing yet: no need to wait for the thread.
      if (!this.user && token !== before) this.set({ loaded: true });
      keep(this.key("token"), token);
      this.recallSeen();
      this.set({ phase: "ready", problem: "", shop, colour: isColour(colour) ? colour : DEFAULT_COLOUR });
      this.outgoing.open(this.key("queue"));
      this.line.start();
    } catch (error) {
      const { status } = problemOf(error);
      if (status === 403 && this.user) {
        // A shop that signs wrongly must not keep its consumers from being served.
        this.user = null;
        return this.enter(1);
      }
      if (status === 404 || status === 422) return this.set({ phase: "refused", problem: this.words.noShop });
      this.set({ problem: this.words.broken });
      window.setTimeout(() => void this.enter(tries + 1), pause(tries, Math.random()));
    }
  }

  private heard(frame: Frame): void {
    this.frameAt = Date.now();
    const { thread } = this.state;
    if (frame.type === "thread") this.apply(takePage(thread, frame, thread.through), true);
    else if (frame.type === "said") this.hear(frame.message, frame.conversationId);
    else if (frame.type === "state") {
      const { type: _, conversationId, ...standing } = frame;
      this.apply(takeStanding(thread, standing, conversationId));
    } else if (frame.type === "typing") this.showTyping(frame.name ?? this.words.ai);
    else if (frame.type === "resync") void this.ask(0);
  }

  private hear(said: Said, conversationId: string | undefined): void {
    if (said.author !== "consumer") this.showTyping(null);
    this.apply(takeSaid(this.state.thread, said, conversationId));
  }

  private apply({ thread, ask }: Step, loaded = this.state.loaded): void {
    const known = this.state.thread.conversationId;
    this.set({ thread, loaded: loaded && ask !== 0 ? true : this.state.loaded });
    if (known !== thread.conversationId) this.recallSeen();
    if (this.state.queue.length > 0) this.outgoing.change((queue) => arrived(queue, thread.said));
    this.look();
    if (ask !== null) void this.ask(ask);
  }

  /** One question at a time; the farthest back of those that came meanwhile is asked next. */
  private async ask(after: number): Promise<void> {
    if (this.asking) {
      this.askNext = Math.min(after, this.askNext ?? after);
      return;
    }
    this.asking = true;
    try {
      const page = await this.wire.thread(after);
      this.asking = false;
      this.apply(takePage(this.state.thread, page, after), true);
    } catch (error) {
      this.asking = false;
      if (problemOf(error).status === 401) void this.enter();
      else if (error instanceof Problem)
        window.setTimeout(() => this.line.restart(), pause(2, Math.random()));
    }
    const again = this.askNext;
    this.askNext = null;
    if (again !== null) void this.ask(again);
  }

  private arrived(entry: Waiting, posted: Posted): void {
    const sentAt = Date.now();
    this.apply(takePosted(this.state.thread, asSaid(entry, posted.seq), posted.conversationId));
    window.setTimeout(() => {
      // The line says nothing of what has surely happened: it is dead and does not know it.
      if (this.state.up && this.frameAt < sentAt - SILENCE / 2) this.line.restart();
    }, SILENCE);
  }

  private lineChanged(up: boolean, stranger: boolean): void {
    this.set({ up, typing: up ? this.state.typing : null });
    window.clearInterval(this.pollTimer);
    if (stranger) {
      this.line.stop();
      window.setTimeout(() => void this.enter(), pause(1, Math.random()));
    } else if (up) this.outgoing.hurry();
    // Where no socket comes through, asking now and then still brings the answers.
    else this.pollTimer = window.setInterval(() => this.poll(), POLL_EVERY);
  }

  private poll(): void {
    if (!document.hidden) void this.ask(this.state.thread.through);
  }

  private showTyping(name: string | null): void {
    window.clearTimeout(this.typingTimer);
    this.set({ typing: name });
    if (name !== null) this.typingTimer = window.setTimeout(() => this.set({ typing: null }), TYPING_SHOWN);
  }

  private recallSeen(): void {
    this.seen.recall(this.key("seen"), this.state.thread.conversationId);
    this.look();
  }

  private look(): void {
    const { open, loaded, thread } = this.state;
    if (!loaded || !thread.conversationId) return;
    const unread = this.seen.count(this.key("seen"), thread, open && !document.hidden);
    if (unread !== this.state.unread) this.set({ unread });
  }

  private set(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener(this.state);
  }
}
