import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { day as dayOf } from "@/kit/format";
import { Teach } from "@/kit/Teach";
import { useShade } from "@/kit/theme";
import { useLanguage, useWords } from "@/kit/words";
import { filled, leaps, rate, whole } from "../figures";
import { howWords } from "../howWords";
import { trendAsk } from "../queries";
import { holds, spanOf, stepOf, whichOf, without } from "../question";
import { type Bucket, VERDICTS, type Verdict } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";
import type { openChart } from "./trendChart";
import { VerdictShape } from "./Verdicts";

export function Trend() {
  const said = useWords(words);
  const how = useWords(howWords);
  const { question, today, ask, toggle } = useQuestion();
  const [table, setTable] = useState(false);
  const asked = without(question, "day", "verdict", "handled");
  const span = spanOf(asked, today);
  const step = stepOf(span, today);
  const trend = useQuery(trendAsk({ ...whichOf(asked, today), step }));
  const place = (day: string) => (step === "week" ? `${day}w` : day);
  const pick = (day: string, verdict?: Verdict) =>
    toggle({ day: place(day), ...(verdict && { verdict, handled: undefined }) });
  const chosen = question.day?.replace("w", "");
  return (
    <Panel
      title={said.trend}
      how={
        <>
          <p>{how.trend}</p>
          <p>{how.leap}</p>
        </>
      }
      asked={trend}
      rows={7}
      className="rev-trend"
      extra={
        <Button size="small" type="text" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? said.asChart : said.asTable}
        </Button>
      }
    >
      {({ buckets, undated }) => {
        const shown = filled(buckets, step, span.from, span.to);
        const nobody = buckets.length === 0;
        return (
          <>
            <div className="rev-legend">
              {VERDICTS.map((verdict) => (
                <button
                  type="button"
                  key={verdict}
                  className="plain"
                  aria-pressed={question.verdict === verdict}
                  onClick={() => toggle({ verdict, handled: undefined })}
                >
                  <VerdictShape of={verdict} /> {said.verdicts[verdict]}
                </button>
              ))}
              <span>
                <i className="rev-legend-line" /> {said.tiles.good}
              </span>
              {undated.count > 0 && (
                <button
                  type="button"
                  className="plain rev-undated"
                  aria-pressed={holds(question, { dated: "no" })}
                  onClick={() => ask({ dated: question.dated ? undefined : "no" })}
                >
                  {said.undated(whole(undated.count))}
                </button>
              )}
            </div>
            {nobody && undated.count > 0 && <Teach title={said.allUndated}>{said.allUndatedHint}</Teach>}
            {nobody && undated.count === 0 && <Teach title={said.noneFound}>{said.noneFoundHint}</Teach>}
            {!nobody && table && <TrendTable buckets={shown} step={step} pick={pick} chosen={chosen} />}
            {!nobody && !table && <TrendChart buckets={shown} pick={pick} chosen={chosen} />}
          </>
        );
      }}
    </Panel>
  );
}

interface Drawing {
  buckets: Bucket[];
  pick: (day: string, verdict?: Verdict) => void;
  chosen?: string | undefined;
  large?: boolean;
}

export function TrendChart({ buckets, pick, chosen, large = false }: Drawing) {
  const said = useWords(words);
  const language = useLanguage();
  const shade = useShade();
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ReturnType<typeof openChart> | null>(null);
  const picked = useEffectEvent((day: string, verdict?: Verdict) => pick(day, verdict));
  useEffect(() => {
    let gone = false;
    let opened: ReturnType<typeof openChart> | null = null;
    void import("./trendChart").then((module) => {
      if (gone || !box.current) return;
      opened = module.openChart(box.current, (day, verdict) => picked(day, verdict));
      setChart(opened);
    });
    return () => {
      gone = true;
      opened?.close();
      setChart(null);
    };
  }, []);
  const names = useMemo(() => ({ ...said.verdicts, rate: said.tiles.good, leap: said.leap }), [said]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shade means other colours in the tokens
  useEffect(() => {
    chart?.draw({ buckets, names, label: (day) => dayOf(day, language), chosen, large });
  }, [chart, buckets, names, language, chosen, large, shade]);
  const leapt = leaps(buckets.map(({ tally }) => tally.bad)).map((at) =>
    dayOf(buckets[at]?.day ?? "", language),
  );
  return (
    <>
      <div className="rev-chart" ref={box} role="img" aria-label={`${said.trend}。${said.asTable}`}>
        {!chart && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      </div>
      {leapt.length > 0 && (
        <p className="rev-leaps">
          <span aria-hidden="true">▼</span> {said.leapsAt(leapt.join("、"))}
        </p>
      )}
    </>
  );
}

function TrendTable({ buckets, step, pick, chosen }: Drawing & { step: "day" | "week" }) {
  const said = useWords(words);
  const leapt = leaps(buckets.map(({ tally }) => tally.bad));
  return (
    <div className="rev-scroll rev-trend-table">
      <table className="rev-table">
        <thead>
          <tr>
            <th scope="col">{step === "week" ? said.week : said.day}</th>
            {VERDICTS.map((verdict) => (
              <th key={verdict} scope="col">
                {said.verdicts[verdict]}
              </th>
            ))}
            <th scope="col">{said.tiles.good}</th>
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ day, tally }, at) => (
            <tr key={day} aria-current={day === chosen || undefined}>
              <th scope="row">
                <button type="button" className="plain" onClick={() => pick(day)}>
                  {day} {leapt.includes(at) && <span className="rev-tone-bad">▼ {said.leap}</span>}
                </button>
              </th>
              {VERDICTS.map((verdict) => (
                <td key={verdict}>
                  <button type="button" className="plain" onClick={() => pick(day, verdict)}>
                    {whole(tally[verdict])}
                  </button>
                </td>
              ))}
              <td>{rate(tally.goodRate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
