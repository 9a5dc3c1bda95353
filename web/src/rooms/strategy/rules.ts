import type { Strategy } from "@/api/shapes";

type Lists = "personForIntents" | "personForEmotions" | "personForFlags" | "personForIssues" | "answersAlone";

/** The strategy with one id put into, or taken out of, one of its lists. */
export function toggled(strategy: Strategy, list: Lists, id: string, on: boolean): Strategy {
  const without = strategy[list].filter((one) => one !== id);
  return { ...strategy, [list]: on ? [...without, id] : without };
}

/** Whether two strategies say the same; the order of ids means nothing. */
export function sameRules(a: Strategy, b: Strategy): boolean {
  const plain = (one: Strategy) =>
    JSON.stringify(
      Object.entries(one)
        .map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value])
        .sort(),
    );
  return plain(a) === plain(b);
}

/** A figure between 0 and 1 as people say it. */
export function degree(value: number): "low" | "middle" | "high" {
  return value >= 0.75 ? "high" : value >= 0.45 ? "middle" : "low";
}

interface Place {
  pathname: string;
  search: unknown;
}

/** Whether a step in the address ends the editing of these rules: another page, or another shop's rules. */
export function leaves(here: Place, there: Place): boolean {
  const shopOf = ({ search }: Place) => (search as { shop?: string }).shop ?? "";
  return here.pathname !== there.pathname || shopOf(here) !== shopOf(there);
}

/** Intents that stand in both lists; the rule that calls a person comes first. */
export function inBoth({ personForIntents, answersAlone }: Strategy): string[] {
  return answersAlone.filter((id) => personForIntents.includes(id));
}
