/** How far the consumer has looked: on this device for the badge, on the server for the team. */

import { keep, recall } from "./keep";
import { type Thread, unseen } from "./rules/thread";
import type { Wire } from "./wire";

const GATHER = 300;

export class Seen {
  private through = 0;
  private timer = 0;

  constructor(private readonly wire: Wire) {}

  /** What an earlier page, or another tab, has noted. */
  recall(key: string, conversationId: string | null): void {
    const [conversation, seq] = (recall(key) ?? "").split("#");
    this.through = conversation === conversationId ? Number(seq) || 0 : 0;
  }

  /** How many words of ours are unseen now; whoever looks has seen them all. */
  count(key: string, thread: Thread, looking: boolean): number {
    const fresh = unseen(thread, this.through);
    if (!looking || thread.through <= this.through) return fresh;
    this.through = thread.through;
    keep(key, `${thread.conversationId}#${this.through}`);
    window.clearTimeout(this.timer);
    if (fresh > 0) {
      // Not seen by the server is seen the next time.
      this.timer = window.setTimeout(() => void this.wire.read(this.through).catch(() => {}), GATHER);
    }
    return 0;
  }
}
