import { CloseOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useMe, useNames } from "@/api/asks";
import { day as dayOf } from "@/kit/format";
import { platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { whole } from "../figures";
import { productsAsk, totalsAsk } from "../queries";
import { NO_PRODUCT, type Part, whichOf } from "../question";
import type { Sentiment, Tally, Verdict } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";

export const SHOWN: Part[] = [
  "day",
  "shop",
  "platform",
  "product",
  "verdict",
  "handled",
  "aspect",
  "sentiment",
  "phrase",
  "issue",
  "words",
  "confident",
  "dated",
];

/** What the list below is narrowed to, each taken away by a click, and how many reviews that leaves. */
export function Chips() {
  const said = useWords(words);
  const { question, today, ask } = useQuestion();
  const name = useChipName();
  const totals = useQuery(totalsAsk(whichOf(question, today)));
  const parts = SHOWN.filter((part) => question[part]);
  const clear = () => ask(Object.fromEntries(SHOWN.map((part) => [part, undefined])));
  return (
    <div className="rev-chips">
      {parts.map((part) => {
        const chip = name(part, question[part] ?? "");
        return (
          <button
            type="button"
            key={part}
            className="plain rev-chip"
            aria-label={said.drop(chip)}
            onClick={() => ask({ [part]: undefined })}
          >
            <span className="rev-cut">{chip}</span> <CloseOutlined />
          </button>
        );
      })}
      {parts.length > 1 && (
        <Button size="small" type="link" onClick={clear}>
          {said.clear}
        </Button>
      )}
      <span className="rev-space" />
      {totals.data && <Undated tally={totals.data.now} />}
      <a className="rev-listed" href="#reviews" aria-live="polite">
        {totals.data ? said.listed(whole(totals.data.now.count)) : said.toList} ↓
      </a>
    </div>
  );
}

/** Reviews without a date count on the day of their import, which skews every comparison with the period before. */
function Undated({ tally }: { tally: Tally }) {
  const said = useWords(words);
  const { question, ask } = useQuestion();
  if (!tally.undated || question.dated) return null;
  return (
    <span className="rev-note">
      {said.undatedCount(whole(tally.undated))}{" "}
      {tally.undated < tally.count && (
        <button type="button" className="plain rev-link" onClick={() => ask({ dated: "yes" })}>
          {said.onlyDated}
        </button>
      )}
    </span>
  );
}

export function useChipName(): (part: Part, value: string) => string {
  const said = useWords(words);
  const language = useLanguage();
  const taxon = useNames();
  const { shops } = useMe();
  const { question, today } = useQuestion();
  const all = whichOf({ period: "all" }, today);
  const products = useQuery({
    ...productsAsk({ ...all, order: "count", limit: 200 }),
    enabled: question.product !== undefined,
  });
  const named: Partial<Record<Part, (value: string) => string>> = {
    day: (value) => {
      const day = dayOf(value.replace("w", ""), language);
      return value.endsWith("w") ? said.weekOf(day) : day;
    },
    shop: (value) => shops.find(({ id }) => id === value)?.name ?? value,
    platform: (value) => platformName(value, language),
    product: (value) =>
      value === NO_PRODUCT ? said.noName : products.data?.find(({ id }) => id === value)?.name || value,
    verdict: (value) => said.verdicts[value as Verdict] ?? value,
    aspect: (value) => taxon("aspects", value),
    sentiment: (value) => said.sentiments[value as Sentiment] ?? value,
    issue: (value) => taxon("issues", value),
    phrase: said.says,
    words: said.found,
  };
  return (part, value) => named[part]?.(value) ?? said.chips[part]?.[value] ?? value;
}
