import { useQueryClient } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useNames, useShop } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { day, moment, percent } from "@/kit/format";
import { PlatformMark } from "@/kit/Marks";
import { platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { markHandled } from "../actions";
import { type Segment, segments } from "../marking";
import { patchReview } from "../reactions";
import type { Review, Sentiment, Verdict } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { VerdictMark } from "./Verdicts";

const SURE = 0.8;

export function ReviewItem({ review, handler }: { review: Review; handler: string | undefined }) {
  const said = useWords(words);
  const language = useLanguage();
  const { question, toggle } = useQuestion();
  const { writtenAt, importedAt, product, productName, sku, buyer, orderId, label } = review;
  const named = productName || product;
  return (
    <li className={`rev-item${review.handledAt ? " rev-done" : ""}`}>
      <div className="rev-item-head">
        <VerdictMark review={review} />
        {review.stars !== null && <Stars count={review.stars} />}
        <Platform review={review} />
        {named && (
          <button
            type="button"
            className="plain rev-product"
            title={said.showOnly(named)}
            aria-pressed={question.product === product}
            onClick={() => toggle({ product })}
          >
            {named}
          </button>
        )}
        {sku && <span className="faint rev-cut">{sku}</span>}
        <span className="rev-space" />
        {label && label !== review.verdict && (
          <span className="chip">{said.labelSays(said.verdicts[label as Verdict] ?? label)}</span>
        )}
        <span className="faint">{[buyer, orderId].filter(Boolean).join(" · ")}</span>
        <span className="faint">
          {writtenAt ? moment(writtenAt, language) : said.importedOn(day(importedAt, language))}
        </span>
      </div>
      <p className="rev-text">
        {segments(review.text, review.aspects).map((segment) =>
          segment.aspects.length > 0 ? <Marked key={segment.start} segment={segment} /> : segment.text,
        )}
      </p>
      <div className="rev-item-foot">
        {review.mixed && <span className="chip rev-guess">{said.mixed}</span>}
        {review.issues.map(({ issue, score }) => (
          <Issue key={issue} issue={issue} score={score} />
        ))}
        <span className="rev-space" />
        <Handle review={review} handler={handler} />
      </div>
    </li>
  );
}

function Issue({ issue, score }: { issue: string; score: number }) {
  const said = useWords(words);
  const name = useNames();
  const { question, toggle } = useQuestion();
  return (
    <Tooltip title={said.figure(percent(score))}>
      <button
        type="button"
        className="plain chip rev-guess"
        aria-pressed={question.issue === issue}
        onClick={() => toggle({ issue })}
      >
        {score >= SURE ? said.likely : said.maybe} {name("issues", issue)}
      </button>
    </Tooltip>
  );
}

function Stars({ count }: { count: number }) {
  const said = useWords(words);
  const text = said.starsOf(count.toFixed(count % 1 ? 1 : 0));
  return (
    <span className="rev-stars" role="img" aria-label={text} title={text}>
      {"★".repeat(Math.round(count))}
      <i>{"★".repeat(Math.max(0, 5 - Math.round(count)))}</i>
    </span>
  );
}

function Platform({ review }: { review: Review }) {
  const language = useLanguage();
  const shop = useShop(review.shopId);
  if (shop && shop.platform === review.platform) return <PlatformMark shop={shop} />;
  return review.platform ? <span className="platform">{platformName(review.platform, language)}</span> : null;
}

/** A clause that the machine read: underlined by its tone, with the aspect's name; a click asks for its like. */
function Marked({ segment }: { segment: Segment }) {
  const said = useWords(words);
  const name = useNames();
  const { question, toggle } = useQuestion();
  const chosen = segment.aspects.find(({ aspect }) => aspect === question.aspect);
  const first = chosen ?? segment.aspects[0];
  if (!first) return segment.text;
  const { aspect, sentiment } = first;
  const choose = () => toggle({ aspect, sentiment, phrase: undefined });
  const names = segment.aspects
    .map((one) => `${name("aspects", one.aspect)} ${said.sentiments[one.sentiment as Sentiment]}`)
    .join("、");
  return (
    <Tooltip title={`${said.maybe} ${names}`} mouseEnterDelay={0.3}>
      {/* biome-ignore lint/a11y/useSemanticElements: a real button does not break across lines as words do */}
      <span
        role="button"
        tabIndex={0}
        className={`rev-mark rev-mark-${sentiment}`}
        aria-label={`${segment.text}（${said.machine} ${names}）`}
        aria-pressed={chosen !== undefined}
        onClick={choose}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose();
        }}
      >
        {segment.text}
      </span>
    </Tooltip>
  );
}

function Handle({ review, handler }: { review: Review; handler: string | undefined }) {
  const said = useWords(words);
  const language = useLanguage();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const mark = async (handled: boolean) => {
    setBusy(true);
    setProblem("");
    try {
      patchReview(client, review.id, await markHandled(review.id, handled));
      void client.invalidateQueries({ queryKey: ["reviews", "figures"] });
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  };
  return (
    <>
      {problem && (
        <span role="alert" className="rev-problem">
          {problem}
        </span>
      )}
      {review.handledAt && (
        <span className="faint">
          {said.handled(handler ?? said.someone, moment(review.handledAt, language))}
        </span>
      )}
      <Button
        size="small"
        type={review.handledAt || review.verdict === "good" ? "text" : "default"}
        loading={busy}
        aria-label={`${review.handledAt ? said.undo : said.handle} ${review.text.slice(0, 20)}`}
        onClick={() => void mark(!review.handledAt)}
      >
        {review.handledAt ? said.undo : said.handle}
      </Button>
    </>
  );
}
