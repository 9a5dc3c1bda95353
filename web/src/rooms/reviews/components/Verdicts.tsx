import { Tooltip } from "antd";
import { percent } from "@/kit/format";
import { useWords } from "@/kit/words";
import type { Review, Verdict } from "../shapes";
import { words } from "../words";

const SHAPES: Record<Verdict, string> = {
  good: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  neutral: "M1.5 4.5h9v3h-9z",
  bad: "M.5 1.5h11L6 11.5z",
};

/** 好评 a disc, 中评 a bar, 差评 a triangle on its tip: the colour never speaks alone. */
export function VerdictShape({ of }: { of: Verdict }) {
  return (
    <svg className={`rev-shape rev-tone-${of}`} viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d={SHAPES[of]} fill="currentColor" />
    </svg>
  );
}

const SURE = 0.8;

export function sureOf(review: Review): number | undefined {
  const score: unknown = review.sentimentScores[review.sentiment];
  return typeof score === "number" ? score : undefined;
}

/** How a review counts: as its buyer said, or as the machine guesses, which is marked as a guess. */
export function VerdictMark({ review }: { review: Review }) {
  const said = useWords(words);
  const verdict = review.verdict as Verdict;
  if (review.countedBy !== "machine") {
    return (
      <span className={`rev-verdict rev-tone-${verdict}`}>
        <VerdictShape of={verdict} /> {said.verdicts[verdict]}
      </span>
    );
  }
  const score = sureOf(review);
  const sure = review.confident && (score ?? 0) >= SURE;
  return (
    <Tooltip title={`${said.machineRead}${score === undefined ? "" : ` · ${said.figure(percent(score))}`}`}>
      <span className="rev-verdict rev-guess">
        <VerdictShape of={verdict} /> {(sure ? said.probably : said.perhaps)[verdict]}
      </span>
    </Tooltip>
  );
}
