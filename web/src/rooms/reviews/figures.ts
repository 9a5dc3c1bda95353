import { addDays, daysBetween } from "./question";
import type { Bucket, Tally } from "./shapes";

/** 0.9123 → 91.2% */
export function rate(share: number | null | undefined): string {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)}%`;
}

export function whole(count: number): string {
  return count.toLocaleString("en-US");
}

export function stars(average: number | null | undefined): string {
  return average === null || average === undefined ? "–" : average.toFixed(2);
}

/** +1.2, −0.4: a true minus, so that signs line up. */
export function signed(difference: number, digits = 0): string {
  const size = Math.abs(difference).toFixed(digits);
  if (Number(size) === 0) return "0";
  return difference > 0 ? `+${size}` : `−${size}`;
}

const NOTHING: Tally = {
  count: 0,
  good: 0,
  neutral: 0,
  bad: 0,
  open: 0,
  byMachine: 0,
  starred: 0,
  stars: null,
  undated: 0,
  labelled: 0,
  agree: 0,
  goodRate: null,
  badRate: null,
};

/** Every day of a period has its place, also those on which nobody wrote. */
export function filled(
  buckets: Bucket[],
  step: "day" | "week",
  from?: string | null,
  to?: string | null,
): Bucket[] {
  const known = new Map(buckets.map((bucket) => [bucket.day, bucket]));
  if (buckets.length === 0) return buckets;
  const first = step === "day" && from ? from : buckets[0]?.day;
  const last = step === "day" && to ? to : buckets.at(-1)?.day;
  if (!first || !last) return buckets;
  const days = step === "week" ? 7 : 1;
  const length = Math.min(1_000, Math.floor(daysBetween(first, last) / days) + 1);
  return Array.from({ length }, (_, at) => {
    const day = addDays(first, at * days);
    return known.get(day) ?? { day, tally: NOTHING };
  });
}

const FEWEST_BAD = 5;
const LOOK_BACK = 14;

/**
 * Places where 差评 leapt: five or more, and over three deviations above what the fourteen before (at least three) had.
 */
export function leaps(bad: number[]): number[] {
  return bad.flatMap((count, at) => {
    const before = bad.slice(Math.max(0, at - LOOK_BACK), at);
    if (before.length < 3 || count < FEWEST_BAD) return [];
    const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
    return count > mean + 3 * Math.sqrt(Math.max(mean, 1)) ? [at] : [];
  });
}
