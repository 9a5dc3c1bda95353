import type { paths } from "@/api/schema";

/** What is asked of all figures and of the list, as it stands in the address. */
export const PARTS = [
  "period",
  "from",
  "to",
  "day",
  "shop",
  "platform",
  "product",
  "verdict",
  "aspect",
  "sentiment",
  "issue",
  "phrase",
  "words",
  "handled",
  "confident",
  "dated",
] as const;

export type Part = (typeof PARTS)[number];
export type Question = Partial<Record<Part, string>>;
export type Change = Partial<Record<Part, string | undefined>>;
export type Which = NonNullable<paths["/api/reviews/totals"]["get"]["parameters"]["query"]>;

export const PERIODS = ["7d", "30d", "90d", "all", "custom"] as const;
export type PeriodName = (typeof PERIODS)[number];
export const USUAL: PeriodName = "30d";
const DAYS: Record<string, number> = { "7d": 7, "30d": 30, "90d": 90 };

export function questionFrom(filters: Record<string, unknown>): Question {
  const asked = PARTS.map((part) => [part, filters[part]] as const);
  return Object.fromEntries(
    asked
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([part, value]) => [part, String(value)]),
  );
}

export function without(question: Question, ...parts: Part[]): Question {
  return Object.fromEntries(Object.entries(question).filter(([part]) => !parts.includes(part as Part)));
}

export function changed(question: Question, change: Change): Question {
  return questionFrom({ ...question, ...change });
}

export function holds(question: Question, change: Change): boolean {
  return Object.entries(change).every(([part, value]) => question[part as Part] === value);
}

/** A click on what is chosen takes the choice back. */
export function toggled(question: Question, change: Change): Question {
  return holds(question, change)
    ? without(question, ...(Object.keys(change) as Part[]))
    : changed(question, change);
}

export function periodOf(question: Question): PeriodName {
  const named = question.period as PeriodName;
  return PERIODS.includes(named) ? named : USUAL;
}

/** Today on China's calendar, wherever the browser stands. */
export function chinaToday(now = new Date()): string {
  return now.toLocaleDateString("en-CA", { timeZone: "Asia/Shanghai" });
}

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export interface Span {
  from?: string;
  to?: string;
}

export function spanOf(question: Question, today: string): Span {
  const day = /^(\d{4}-\d\d-\d\d)(w?)$/.exec(question.day ?? "");
  if (day?.[1]) return { from: day[1], to: day[2] ? addDays(day[1], 6) : day[1] };
  const period = periodOf(question);
  const days = DAYS[period];
  if (days) return { from: addDays(today, 1 - days), to: today };
  if (period === "all") return {};
  const span: Span = {};
  if (DAY.test(question.from ?? "")) span.from = question.from as string;
  if (DAY.test(question.to ?? "")) span.to = question.to as string;
  return span;
}

/** Long periods are drawn by weeks. */
export function stepOf({ from, to }: Span, today: string): "day" | "week" {
  return from && daysBetween(from, to ?? today) <= 92 ? "day" : "week";
}

/** Reviews whose file named no product. */
export const NO_PRODUCT = "(none)";

const YES: Record<string, boolean> = { yes: true, no: false };

export function whichOf(question: Question, today: string): Which {
  const { shop, platform, product, aspect, issue, phrase, words } = question;
  const which: Which = { ...spanOf(question, today) };
  if (product) which.product = product === NO_PRODUCT ? "" : product;
  for (const [part, value] of Object.entries({ shop, platform, aspect, issue, phrase, words })) {
    if (value) Object.assign(which, { [part]: value });
  }
  if (/^(good|neutral|bad)$/.test(question.verdict ?? "")) which.verdict = question.verdict as "good";
  if (/^(positive|neutral|negative)$/.test(question.sentiment ?? "")) {
    which.sentiment = question.sentiment as "positive";
  }
  for (const part of ["handled", "confident", "dated"] as const) {
    const said = YES[question[part] ?? ""];
    if (said !== undefined) which[part] = said;
  }
  return which;
}
