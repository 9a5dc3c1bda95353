/** How other parts of the desk put words into the composer. */
export interface Inserted {
  conversationId: string;
  text: string;
  suggestionId?: string;
}

let hand: ((inserted: Inserted) => void) | null = null;

/** The composer on the screen takes what is inserted. */
export function takeInserts(take: (inserted: Inserted) => void): () => void {
  hand = take;
  return () => {
    if (hand === take) hand = null;
  };
}

export function insert(inserted: Inserted): void {
  hand?.(inserted);
}

/** What can be put in by a sign and a few letters: a script, an order's number, a product. */
export type Wanted = "script" | "order" | "product";

const ASKING: [Wanted, RegExp][] = [
  // A slash inside a word or an address asks for nothing.
  ["script", /(?:^|\s)[/、]([^\s/、]{0,30})$/],
  ["order", /(?:^|[^\w#＃])[#＃]([^\s#＃，。]{0,30})$/],
  // A figure after it is a price.
  ["product", /(?:^|[^\w$＄￥¥])[$＄￥¥]((?![\d.])[^\s$＄￥¥，。]{0,30})$/],
];

/** `/word`, `#number` or `$name` right before the caret. */
export function askedBefore(
  text: string,
  caret: number,
): { wanted: Wanted; from: number; query: string } | null {
  const before = text.slice(0, caret);
  for (const [wanted, sign] of ASKING) {
    const query = sign.exec(before)?.[1];
    if (query !== undefined) return { wanted, from: caret - query.length - 1, query };
  }
  return null;
}

/** Whether Enter with these keys sends. */
export function sends(
  event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean },
  key: "enter" | "ctrlEnter",
): boolean {
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey || event.shiftKey) return false;
  return key === "enter" ? !mod : mod;
}
