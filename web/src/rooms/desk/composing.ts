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

/** A `/word` right before the caret asks for a script; a slash inside a word or an address does not. */
export function slashBefore(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|\s)[/、]([^\s/、]{0,30})$/.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
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
