import { useCallback, useMemo } from "react";
import { useFilters, useGo } from "@/kit/route";
import { type Change, changed, chinaToday, PARTS, type Question, questionFrom, toggled } from "./question";

interface Asking {
  question: Question;
  today: string;
  /** Change parts of the question; undefined takes a part away. */
  ask: (change: Change) => void;
  /** As `ask`, but a second click takes it back. */
  toggle: (change: Change) => void;
  clear: () => void;
  /** What else stands in the address: an open import, the wall. */
  beside: Record<string, string | undefined>;
  show: (beside: Record<string, string | undefined>) => void;
}

/** The question in the address: every panel reads it, every figure changes it, the back button takes it back. */
export function useQuestion(): Asking {
  const filters = useFilters();
  const go = useGo();
  const question = useMemo(() => questionFrom(filters), [filters]);
  const beside = useMemo(
    () =>
      Object.fromEntries(Object.entries(filters).filter(([name]) => !PARTS.some((part) => part === name))),
    [filters],
  );
  const goTo = useCallback(
    (next: Question, more = beside) => go({ room: "reviews", filters: { ...more, ...next } }),
    [go, beside],
  );
  return {
    question,
    today: chinaToday(),
    ask: (change) => goTo(changed(question, change)),
    toggle: (change) => goTo(toggled(question, change)),
    clear: () => goTo({}),
    beside,
    show: (more) => goTo(question, { ...beside, ...more }),
  };
}
