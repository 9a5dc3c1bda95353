/** Which of the shown items have moved ahead in the fresh order (new ones included, unless they stand last); who merely slid because others left has not. */
export function risen(shown: readonly string[], fresh: readonly string[]): string[] {
  const before = new Map(shown.map((id, at) => [id, at]));
  const known = fresh.filter((id) => before.has(id));
  const stayed = longestRising(known.map((id) => before.get(id) ?? 0));
  const kept = new Set(stayed.map((at) => known[at]));
  const now = new Map(known.map((id, at) => [id, at]));
  const old = shown.filter((id) => now.has(id));
  const was = new Map(old.map((id, at) => [id, at]));
  const lastKnown = fresh.findLastIndex((id) => before.has(id));
  return fresh.filter((id, at) => {
    // Who is new is ahead of somebody, or merely the next in line.
    if (!before.has(id)) return at < lastKnown;
    return !kept.has(id) && (now.get(id) ?? 0) < (was.get(id) ?? 0);
  });
}

/** Places of a longest rising run: what may stay where it is. */
function longestRising(values: number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  });
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.unshift(at);
  return run;
}

/** The order while a hand is in the list: nothing moves, who left is gone, who is new stands at the end. */
export function steady(shown: readonly string[], fresh: readonly string[]): string[] {
  const still = new Set(fresh);
  const before = new Set(shown);
  return [...shown.filter((id) => still.has(id)), ...fresh.filter((id) => !before.has(id))];
}
