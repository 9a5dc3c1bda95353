import type { components } from "@/api/schema";

type Shapes = components["schemas"];

export type Tally = Shapes["TallyOut"];
export type Totals = Shapes["TotalsOut"];
export type Trend = Shapes["TrendOut"];
export type Bucket = Shapes["BucketOut"];
export type Line = Shapes["LineOut"];
export type Cell = Shapes["CellOut"];
export type Voice = Shapes["VoiceOut"];
export type Review = Shapes["ReviewOut"];
export type ReviewPage = Shapes["PageOut"];
export type ReviewImport = Shapes["ImportOut"];
export type AspectSaid = Shapes["AspectOut"];

export type Verdict = "good" | "neutral" | "bad";
export type Sentiment = "positive" | "neutral" | "negative";

export const VERDICTS: Verdict[] = ["good", "neutral", "bad"];
export const SENTIMENTS: Sentiment[] = ["positive", "neutral", "negative"];
