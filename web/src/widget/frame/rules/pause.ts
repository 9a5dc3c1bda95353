const SHORTEST = 600;
const LONGEST = 30_000;

/** How long to wait before the next try, in milliseconds; `chance` (0–1) keeps a crowd from coming back at once. */
export const pause = (tries: number, chance: number): number =>
  Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10)) * (0.5 + chance / 2);
