import { useSyncExternalStore } from "react";
import { initials } from "@/kit/initials";

/** Which message is being put right; one at a time. */
let open: string | null = null;
let times = 0;
const listeners = new Set<() => void>();

export function correct(messageId: string | null): void {
  open = messageId;
  times += 1;
  for (const tell of listeners) tell();
}

/** 0 while it is not being put right, else a number of this very attempt. */
export function useCorrecting(messageId: string): number {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => (open === messageId ? times : 0),
  );
}

export type Part = "emotion" | "issues" | "intent";

export interface Label {
  part: Part;
  id: string;
  name: string;
}

/** Labels whose name, id or pinyin initials hold what was typed; those that begin with it first. */
export function findLabels(all: readonly Label[], typed: string): Label[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return [...all];
  const place = ({ name, id }: Label) => {
    const places = [name.toLowerCase().indexOf(wanted), initials(name).indexOf(wanted), id.indexOf(wanted)];
    return Math.min(...places.filter((at) => at >= 0));
  };
  return all
    .map((label) => ({ label, at: place(label) }))
    .filter(({ at }) => at !== Number.POSITIVE_INFINITY)
    .sort((a, b) => a.at - b.at)
    .map(({ label }) => label);
}
