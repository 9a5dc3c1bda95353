import { useEffect, useMemo, useState } from "react";
import type { Conversation } from "@/api/shapes";
import { risen, steady } from "./order";

/** Nothing moves under the hand: while pointer or focus is in the list it keeps its order and counts who became more urgent. */
export function useSteady(fresh: Conversation[], scope: string) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  const ids = useMemo(() => fresh.map(({ id }) => id), [fresh]);
  const [kept, setKept] = useState({ scope, ids });

  // Another tab or search is another list.
  const base = kept.scope === scope && held && kept.ids.length > 0 ? kept.ids : ids;
  const order = useMemo(() => (base === ids ? ids : steady(base, ids)), [base, ids]);
  useEffect(() => {
    if (!held || kept.scope !== scope) setKept({ scope, ids });
  }, [held, ids, scope, kept.scope]);

  const byId = useMemo(() => new Map(fresh.map((one) => [one.id, one])), [fresh]);
  const shown = useMemo(() => order.flatMap((id) => byId.get(id) ?? []), [order, byId]);
  const more = useMemo(() => {
    if (base === ids) return 0;
    return risen(base, ids).filter((id) => byId.get(id)?.waitingSince).length;
  }, [base, ids, byId]);

  return {
    shown,
    more,
    settle: () => setKept({ scope, ids }),
    holding: {
      onPointerEnter: (event: React.PointerEvent) => event.pointerType === "mouse" && setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: React.FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}
