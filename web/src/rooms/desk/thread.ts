import type { Message } from "@/api/shapes";

/** Two stretches of one thread as one, by `seq`; the fresh word wins, but a delivery state is not forgotten. */
export function merge(known: readonly Message[], fresh: readonly Message[]): Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fresh) {
    const before = bySeq.get(message.seq);
    bySeq.set(message.seq, {
      ...message,
      reading: message.reading ?? before?.reading ?? null,
      delivery: message.delivery ?? before?.delivery ?? null,
    });
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Keep what was paged in only if no hole lies between it and the newest stretch. */
export function refreshed(known: readonly Message[], newest: readonly Message[]): Message[] {
  const last = known.at(-1);
  const first = newest[0];
  if (!last || !first || first.seq > last.seq + 1) return [...newest];
  return merge(known, newest);
}

/** Whether a message came from the future of what we know: something between is missing. */
export function leavesHole(known: readonly Message[], message: Message): boolean {
  const last = known.at(-1);
  return last !== undefined && message.seq > last.seq + 1;
}

const PAUSE = 5 * 60_000;

/** Whether a time stands above this message: it is the first, or minutes have passed. */
export function opensStretch(before: Message | undefined, message: Message): boolean {
  return !before || Date.parse(message.saidAt) - Date.parse(before.saidAt) > PAUSE;
}

/** What can be said about our words on their way: failed, unknown, read, sent. */
export function fate(message: Message, readUpTo: number): "read" | "sent" | "sending" | "failed" | "unknown" {
  if (message.delivery === "failed") return "failed";
  if (message.delivery === "unknown") return "unknown";
  if (message.seq <= readUpTo) return "read";
  return message.delivery === "sending" || message.delivery === "retrying" ? "sending" : "sent";
}

/** Whether we have spoken since the words that the suggestions answer. */
export function isAnswered(said: readonly Message[], seq: number): boolean {
  return said.some((message) => message.seq > seq && /^(agent|copilot)$/.test(message.author));
}
