import type { AspectSaid } from "./shapes";

export interface Segment {
  text: string;
  start: number;
  /** What is said in this stretch; empty between clauses. */
  aspects: AspectSaid[];
}

/** Cut a review's words where clauses begin and end. Offsets count characters as Python does, emoji as one. */
export function segments(text: string, aspects: AspectSaid[]): Segment[] {
  const characters = [...text];
  const inside = aspects.filter(({ start, end }) => start >= 0 && end > start && start < characters.length);
  const cuts = new Set([0, characters.length]);
  for (const { start, end } of inside) {
    cuts.add(start);
    cuts.add(Math.min(end, characters.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).flatMap((start, at) => {
    const end = places[at + 1] ?? start;
    const said = inside.filter((one) => one.start < end && one.end > start);
    return end > start ? [{ text: characters.slice(start, end).join(""), start, aspects: said }] : [];
  });
}
