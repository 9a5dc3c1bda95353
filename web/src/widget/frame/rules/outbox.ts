/** What the consumer has said and the server has not confirmed yet. Every change is a new list. */

import { pause } from "./pause";
import type { Said } from "./thread";

export interface QueuedPicture {
  key: string;
  width: number;
  height: number;
  /** The server's name for it, once it has been uploaded. */
  id: string | null;
}

export interface Waiting {
  clientId: string;
  text: string;
  pictures: QueuedPicture[];
  /** When it was said, in milliseconds. */
  at: number;
  /** How far the thread was known then. */
  after: number;
  tries: number;
  notBefore: number;
  /** Why it will not go without the consumer's doing; null while we go on trying. */
  trouble: string | null;
}

export interface Failure {
  status: number;
  message: string;
  /** Seconds. */
  retryAfter: number | null;
}

export const waiting = (
  clientId: string,
  text: string,
  pictures: QueuedPicture[],
  after: number,
  now: number,
): Waiting => ({ clientId, text, pictures, at: now, after, tries: 0, notBefore: 0, trouble: null });

/** How it stands in the thread once the server has given it a number. */
export function asSaid({ clientId, text, pictures, at }: Waiting, seq: number): Said {
  const attachments = pictures.map(({ id, width, height }) => {
    return { id: id ?? "", kind: "picture", mediaType: "image/jpeg", width, height };
  });
  return {
    seq,
    author: "consumer",
    name: null,
    text,
    attachments,
    saidAt: new Date(at).toISOString(),
    clientId,
  };
}

/** The one to send now. Words keep their order; a picture still on its way up holds nobody back. */
export function next(queue: Waiting[], now: number): Waiting | null {
  const first = queue.find((entry) => entry.trouble === null && isReady(entry));
  return first && first.notBefore <= now ? first : null;
}

/** When `next` is worth asking again, in milliseconds from now; null when nothing waits for time. */
export function nextIn(queue: Waiting[], now: number): number | null {
  const first = queue.find((entry) => entry.trouble === null && isReady(entry));
  return first ? Math.max(0, first.notBefore - now) : null;
}

export const without = (queue: Waiting[], clientId: string): Waiting[] =>
  queue.filter((entry) => entry.clientId !== clientId);

/** After a failed try: later again, or a trouble that only the consumer can mend. */
export function failed(
  queue: Waiting[],
  clientId: string,
  why: Failure,
  now: number,
  chance: number,
): Waiting[] {
  return change(queue, clientId, (entry) => {
    if (!isPassing(why.status)) return { ...entry, trouble: why.message };
    const wait = why.retryAfter === null ? pause(entry.tries, chance) : why.retryAfter * 1000;
    return { ...entry, tries: entry.tries + 1, notBefore: now + wait };
  });
}

export const retried = (queue: Waiting[], clientId: string): Waiting[] =>
  change(queue, clientId, (entry) => ({ ...entry, tries: 0, notBefore: 0, trouble: null }));

/** The network is back: nobody waits any longer than needed. */
export const hurried = (queue: Waiting[]): Waiting[] => queue.map((entry) => ({ ...entry, notBefore: 0 }));

export function uploaded(queue: Waiting[], key: string, id: string): Waiting[] {
  return queue.map((entry) => ({
    ...entry,
    pictures: entry.pictures.map((picture) => (picture.key === key ? { ...picture, id } : picture)),
  }));
}

/** A picture that will never go holds nothing else back: it stays behind alone, with the reason. */
export function spoiled(queue: Waiting[], key: string, message: string): Waiting[] {
  return queue.flatMap((entry) => {
    const bad = entry.pictures.find((picture) => picture.key === key);
    if (!bad) return [entry];
    if (!entry.text && entry.pictures.length === 1) return [{ ...entry, trouble: message }];
    const rest = { ...entry, pictures: entry.pictures.filter((picture) => picture !== bad) };
    // The picture's key is as good a name as any, and a second reading of the list gives the same one.
    return [rest, { ...waiting(key, "", [bad], entry.after, entry.at), trouble: message }];
  });
}

/** Whatever stands in the thread has arrived, even if the answer to our sending was lost. */
export function arrived(queue: Waiting[], said: Said[]): Waiting[] {
  const there = new Set(said.map(({ clientId }) => clientId));
  const left = queue.filter((entry) => !there.has(entry.clientId));
  return left.length === queue.length ? queue : left;
}

/**
 * What to show below the thread. A message that is being sent may be in the thread already, without its
 * clientId, before the answer to its sending is here: it is then hidden rather than shown twice.
 */
export function stillToShow(queue: Waiting[], said: Said[], sending: ReadonlySet<string>): Waiting[] {
  const nameless = said.filter(({ author, clientId }) => author === "consumer" && clientId === null);
  return arrived(queue, said).filter((entry) => {
    if (!sending.has(entry.clientId)) return true;
    const twin = nameless.findIndex((one) => one.seq > entry.after && one.text === entry.text.trim());
    if (twin < 0) return true;
    nameless.splice(twin, 1);
    return false;
  });
}

/** The list as it lay in storage; whatever is damaged is left out. */
export function readQueue(stored: string | null): Waiting[] {
  try {
    const found: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(found) ? found.filter(isWaiting) : [];
  } catch {
    return [];
  }
}

const change = (queue: Waiting[], clientId: string, make: (entry: Waiting) => Waiting): Waiting[] =>
  queue.map((entry) => (entry.clientId === clientId ? make(entry) : entry));

const isReady = (entry: Waiting): boolean => entry.pictures.every(({ id }) => id !== null);

/** No network, a tired server, too often, not known any more: all of these pass. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;

function isWaiting(entry: unknown): entry is Waiting {
  if (typeof entry !== "object" || entry === null) return false;
  const { clientId, text, pictures, at, after, tries, notBefore } = entry as Record<string, unknown>;
  const figures = [at, after, tries, notBefore].every((figure) => Number.isFinite(figure));
  return typeof clientId === "string" && typeof text === "string" && Array.isArray(pictures) && figures;
}
