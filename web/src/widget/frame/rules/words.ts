/** Words of a message in pieces: plain text, and addresses that may be opened. */

import type { Author } from "./thread";

export interface Piece {
  /** Where it begins. */
  at: number;
  text: string;
  href: string | null;
}

// Plain ASCII only, so that no look-alike letters hide in an address, and Chinese punctuation ends it.
const ADDRESS = /https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{2,5})?(?:[/?#][\w\-./?#=&%~+:;,!*@]*)?/gi;

/** Addresses are opened from our words alone: what a consumer sends is never a link. */
export function pieces(text: string, author: Author): Piece[] {
  if (author === "consumer") return [{ at: 0, text, href: null }];
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?]+$/, "");
    if (match.index > from) found.push({ at: from, text: text.slice(from, match.index), href: null });
    found.push({ at: match.index, text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ at: from, text: text.slice(from), href: null });
  return found;
}

const ORDER = /^订单号 (\S{1,64})$/;

export const orderWords = (orderId: string): string => `订单号 ${orderId}`;

/** The order that a message names and nothing else. */
export const orderIn = (text: string): string | null => ORDER.exec(text.trim())?.[1] ?? null;

/** Fen as yuan: 9900 → 99, 9950 → 99.50 */
export const yuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2));
