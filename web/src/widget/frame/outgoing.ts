/** Sends what waits, in order, until it has arrived. The list in storage is the truth: all tabs share it. */

import { keep, newKey, recall, whenChanged } from "./keep";
import type { Pictures } from "./pictures";
import {
  failed,
  hurried,
  next,
  nextIn,
  type QueuedPicture,
  readQueue,
  retried,
  spoiled,
  uploaded,
  type Waiting,
  waiting,
  without,
} from "./rules/outbox";
import { type Posted, problemOf, type Wire } from "./wire";

interface Ends {
  changed: (queue: Waiting[], sending: ReadonlySet<string>) => void;
  arrived: (entry: Waiting, posted: Posted) => void;
  stranger: () => void;
}

export class Outgoing {
  queue: Waiting[] = [];
  private key = "";
  private busy = false;
  private timer = 0;
  private readonly sending = new Set<string>();

  constructor(
    private readonly wire: Wire,
    private readonly pictures: Pictures,
    private readonly ends: Ends,
    private readonly unsent: string,
  ) {
    window.addEventListener("online", () => this.hurry());
  }

  /** Take up what an earlier page has left behind. */
  open(key: string): void {
    // What was said before the shop knew who speaks has waited in this page.
    const early = this.key ? [] : this.queue;
    if (this.key !== key) whenChanged(key, () => this.change((queue) => queue));
    this.key = key;
    this.change((queue) => [...queue, ...early]);
    for (const { key: picture, width, height, id } of this.queue.flatMap((entry) => entry.pictures)) {
      if (id === null) void this.pictures.resume(picture, width, height);
    }
    void this.flush();
  }

  add(text: string, pictures: QueuedPicture[], after: number): void {
    const entry = waiting(newKey(), text, pictures, after, Date.now());
    this.change((queue) => [...queue, entry]);
    void this.flush();
  }

  retry(entry: Waiting): void {
    for (const { key, width, height, id } of entry.pictures) {
      if (id !== null) continue;
      if (this.pictures.uploads.has(key)) this.pictures.again(key);
      else void this.pictures.resume(key, width, height);
    }
    this.change((queue) => retried(queue, entry.clientId));
    void this.flush();
  }

  drop(entry: Waiting): void {
    this.change((queue) => without(queue, entry.clientId));
    for (const { key } of entry.pictures) this.pictures.forget(key);
  }

  uploaded(key: string, id: string): void {
    this.change((queue) => uploaded(queue, key, id));
    void this.flush();
  }

  spoiled(key: string, message: string): void {
    this.change((queue) => spoiled(queue, key, message));
    void this.flush();
  }

  hurry(): void {
    this.change(hurried);
    void this.flush();
  }

  change(make: (queue: Waiting[]) => Waiting[]): void {
    if (!this.key) {
      this.queue = make(this.queue);
      this.ends.changed(this.queue, new Set(this.sending));
      return;
    }
    const before = recall(this.key);
    this.queue = make(readQueue(before));
    const after = this.queue.length > 0 ? JSON.stringify(this.queue) : null;
    if (after !== before) keep(this.key, after);
    this.ends.changed(this.queue, new Set(this.sending));
  }

  async flush(): Promise<void> {
    if (this.busy || !this.wire.token) return;
    this.busy = true;
    window.clearTimeout(this.timer);
    for (let entry = next(this.queue, Date.now()); entry; entry = next(this.queue, Date.now())) {
      await this.deliver(entry);
    }
    this.busy = false;
    const wait = nextIn(this.queue, Date.now());
    if (wait !== null) this.timer = window.setTimeout(() => void this.flush(), Math.max(wait, 50));
  }

  private async deliver(entry: Waiting): Promise<void> {
    const { clientId, text, pictures } = entry;
    this.sending.add(clientId);
    this.change((queue) => queue);
    try {
      const ids = pictures.flatMap(({ id }) => id ?? []);
      const posted = await this.wire.say(text, clientId, ids);
      this.sending.delete(clientId);
      this.ends.arrived(entry, posted);
      this.drop(entry);
    } catch (error) {
      this.sending.delete(clientId);
      const { status, message, retryAfter } = problemOf(error);
      const why = { status, message: message || this.unsent, retryAfter };
      this.change((queue) => failed(queue, clientId, why, Date.now(), Math.random()));
      if (status === 401) this.ends.stranger();
    }
  }
}
