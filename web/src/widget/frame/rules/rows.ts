/** The thread as rows to draw: messages, who speaks, times between, and what is still on its way. */

import type { Waiting } from "./outbox";
import type { Said, Thread } from "./thread";

export type Row =
  | { kind: "time"; key: string; at: number }
  | { kind: "divider"; key: string }
  | { kind: "said"; key: string; said: Said; head: boolean; mark: "read" | "sent" | null }
  | { kind: "waiting"; key: string; entry: Waiting };

const QUIET = 5 * 60_000;

export function rowsOf(thread: Thread, queue: Waiting[]): Row[] {
  const rows: Row[] = [];
  const marks = marksOf(thread);
  let before: { at: number; who: string } | null = null;
  const step = (at: number, who: string, key: string): boolean => {
    if (before === null || at - before.at > QUIET) rows.push({ kind: "time", key: `time ${key}`, at });
    const head = who !== before?.who || rows.at(-1)?.kind === "time";
    before = { at, who };
    return head;
  };
  const show = (said: Said, place: string, mark: "read" | "sent" | null) => {
    const key = said.clientId ?? `${place} ${said.seq}`;
    const head = step(Date.parse(said.saidAt), `${said.author} ${said.name}`, key);
    rows.push({ kind: "said", key, said, head, mark });
  };
  for (const [i, said] of thread.earlier.entries()) show(said, `earlier ${i}`, null);
  if (thread.earlier.length > 0) rows.push({ kind: "divider", key: "divider" });
  for (const said of thread.said) show(said, thread.conversationId ?? "", marks.get(said.seq) ?? null);
  for (const entry of queue) {
    step(Math.max(entry.at, (before as { at: number } | null)?.at ?? 0), "consumer null", entry.clientId);
    rows.push({ kind: "waiting", key: entry.clientId, entry });
  }
  return rows;
}

/** “已读” stands under the last message that was read, “已发送” under the very last if nobody answered it. */
function marksOf({ said, readByUs }: Thread): Map<number, "read" | "sent"> {
  const marks = new Map<number, "read" | "sent">();
  const mine = said.filter(({ author }) => author === "consumer");
  const read = mine.findLast(({ seq }) => seq <= readByUs);
  if (read) marks.set(read.seq, "read");
  const last = said.at(-1);
  if (last?.author === "consumer" && last.seq > readByUs) marks.set(last.seq, "sent");
  return marks;
}
