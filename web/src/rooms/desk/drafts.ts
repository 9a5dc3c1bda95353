import { useSyncExternalStore } from "react";
import type { Attachment } from "@/api/shapes";
import { keep } from "@/kit/settings";

/** Words not yet sent, kept at once per conversation so that nothing is lost on reload or crash. */
export interface Draft {
  text: string;
  /** Words of a private note, kept apart: they must never slip into a reply. */
  noteText: string;
  note: boolean;
  attachments: Attachment[];
  /** The suggestion that the words grew from; it travels with the reply. */
  suggestionId: string | null;
}

export const EMPTY: Draft = { text: "", noteText: "", note: false, attachments: [], suggestionId: null };

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const placeOf = (id: string) => `diji.draft.${id}`;

export function getDraft(id: string): Draft {
  let draft = drafts.get(id);
  if (!draft) {
    draft = read(id);
    drafts.set(id, draft);
  }
  return draft;
}

function read(id: string): Draft {
  try {
    return { ...EMPTY, ...(JSON.parse(localStorage.getItem(placeOf(id)) ?? "{}") as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

export function changeDraft(id: string, change: Partial<Draft>): void {
  const next = { ...getDraft(id), ...change };
  if (next.text.trim() === "") next.suggestionId = null;
  drafts.set(id, next);
  const empty = next.text === "" && next.noteText === "" && next.attachments.length === 0;
  keep(placeOf(id), empty ? null : JSON.stringify(next));
  for (const tell of listeners) tell();
}

export function hasDraft(id: string): boolean {
  const { text, noteText, attachments } = getDraft(id);
  return text.trim() !== "" || noteText.trim() !== "" || attachments.length > 0;
}

export function useDraft(id: string): Draft {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => getDraft(id),
  );
}

/** Order numbers in a draft that belong to none of this consumer's orders: perhaps written for somebody else. */
export function strangeNumbers(text: string, orderIds: readonly string[]): string[] {
  const numbers = text.match(/\d{10,}/g) ?? [];
  return numbers.filter((number) => !orderIds.some((id) => id.includes(number)));
}
