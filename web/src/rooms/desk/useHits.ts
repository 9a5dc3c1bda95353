import { useState } from "react";
import { isComposing } from "@/kit/keys";

interface Found {
  /** Another list or other words are another search. */
  scope: string;
  ids: string[];
  /** What is shown answers the words that were typed. */
  settled: boolean;
  open: (id: string) => void;
  clear: () => void;
}

/** The one below or above, from the first on; nothing beyond the ends. */
export function pointedAfter(
  ids: readonly string[],
  pointed: string | undefined,
  by: number,
): string | undefined {
  const at = pointed === undefined ? -1 : ids.indexOf(pointed);
  if (at < 0) return by > 0 ? ids[0] : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))];
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The keys of the search: up and down point at a hit, Enter opens it, Esc gives the whole list back. */
export function useHits({ scope, ids, settled, open, clear }: Found) {
  const [hit, setHit] = useState({ scope, id: "" });
  const pointed = hit.scope === scope && ids.includes(hit.id) ? hit.id : undefined;
  const press = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) setHit({ scope, id: pointedAfter(ids, pointed, step) ?? "" });
    else if (event.key === "Escape") {
      clear();
      event.currentTarget.blur();
    } else if (event.key === "Enter") {
      const chosen = pointed ?? (settled ? ids[0] : undefined);
      if (chosen) open(chosen);
    } else return;
    event.preventDefault();
  };
  return { pointed, press };
}
