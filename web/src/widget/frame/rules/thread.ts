/** The thread as the frame holds it: messages by seq, merged from pages, the socket and our own sending. */

export type Author = "consumer" | "agent" | "copilot" | "system";
export type Reception = "ai" | "waiting" | "person";

export interface Attachment {
  id: string;
  kind: string;
  mediaType: string;
  width: number;
  height: number;
}

export interface Said {
  seq: number;
  author: Author;
  name: string | null;
  text: string;
  attachments: Attachment[];
  saidAt: string;
  clientId: string | null;
}

/** Who receives, and how far we have been read. */
export interface Standing {
  reception: Reception | null;
  agent: string | null;
  place: number | null;
  closed: boolean;
  readByUs: number;
}

export interface Page extends Standing {
  conversationId: string | null;
  messages: Said[];
}

export interface Thread extends Standing {
  conversationId: string | null;
  said: Said[];
  /** Messages of conversations that ended while this frame was open. */
  earlier: Said[];
  /** Everything up to this seq has been seen; seqs may be missing, since notes of the team have one too. */
  through: number;
}

/** A thread, and from which seq on the server has to be asked again (null: nothing is missing). */
export interface Step {
  thread: Thread;
  ask: number | null;
}

export const PAGE = 200;

export const EMPTY: Thread = {
  conversationId: null,
  said: [],
  earlier: [],
  through: 0,
  reception: null,
  agent: null,
  place: null,
  closed: false,
  readByUs: 0,
};

/** Take in what the server has after `after`. */
export function takePage(thread: Thread, page: Page, after: number): Step {
  const { conversationId, messages, ...standing } = page;
  if (conversationId === null) return { thread: { ...thread, ...standing }, ask: null };
  const sameTalk = conversationId === thread.conversationId;
  // Another conversation counts from 1 again: what we asked for says nothing about its beginning.
  if (!sameTalk && after > 0) return { thread, ask: 0 };
  const held = sameTalk ? thread : begin(thread, conversationId);
  const last = messages.at(-1)?.seq ?? 0;
  const readByUs = Math.max(held.readByUs, standing.readByUs);
  const merged = { ...held, ...standing, readByUs, said: merge(held.said, messages) };
  if (after > 0 && messages.length >= PAGE) return { thread: { ...merged, through: last }, ask: last };
  return { thread: { ...merged, through: Math.max(held.through, highest(merged.said)) }, ask: null };
}

/** Take in one message from the socket. */
export function takeSaid(
  thread: Thread,
  said: Said,
  conversationId: string | null = thread.conversationId,
): Step {
  const { through } = thread;
  if (thread.conversationId === null || conversationId !== thread.conversationId) return { thread, ask: 0 };
  const known = thread.said.find(({ seq }) => seq === said.seq);
  if (known ? isOther(known, said) : said.seq <= through) return { thread, ask: 0 };
  // Who answers has read what came before.
  const readByUs = said.author === "agent" ? Math.max(thread.readByUs, said.seq) : thread.readByUs;
  const grown = { ...thread, readByUs, said: merge(thread.said, [said]) };
  if (said.seq > through + 1) return { thread: grown, ask: through };
  return { thread: { ...grown, through: Math.max(through, said.seq) }, ask: null };
}

/** Our own message has arrived as number `seq`. */
export function takePosted(thread: Thread, mine: Said, conversationId: string): Step {
  if (thread.conversationId !== conversationId) {
    const begun = begin(thread, conversationId);
    return { thread: { ...begun, said: [mine] }, ask: 0 };
  }
  const known = thread.said.find(({ seq }) => seq === mine.seq);
  const shown = known ? { ...known, clientId: mine.clientId } : mine;
  const grown = { ...thread, said: merge(thread.said, [shown]) };
  if (mine.seq > thread.through + 1) return { thread: grown, ask: thread.through };
  return { thread: { ...grown, through: Math.max(thread.through, mine.seq) }, ask: null };
}

export function takeStanding(thread: Thread, standing: Standing, conversationId: string | null): Step {
  if (conversationId !== thread.conversationId) return { thread, ask: 0 };
  const readByUs = Math.max(thread.readByUs, standing.readByUs);
  return { thread: { ...thread, ...standing, readByUs }, ask: null };
}

/** How many words of ours the consumer has not seen. */
export const unseen = (thread: Thread, seen: number): number =>
  thread.said.filter(({ seq, author }) => seq > seen && (author === "agent" || author === "copilot")).length;

function begin(thread: Thread, conversationId: string): Thread {
  return { ...EMPTY, conversationId, earlier: [...thread.earlier, ...thread.said] };
}

function merge(held: Said[], more: Said[]): Said[] {
  const bySeq = new Map(held.map((said) => [said.seq, said]));
  for (const said of more) {
    bySeq.set(said.seq, { ...said, clientId: said.clientId ?? bySeq.get(said.seq)?.clientId ?? null });
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

const highest = (said: Said[]): number => said.at(-1)?.seq ?? 0;

/** Same number, other words: a new conversation has begun behind our back. */
const isOther = (known: Said, said: Said): boolean =>
  known.author !== said.author || known.text !== said.text;
