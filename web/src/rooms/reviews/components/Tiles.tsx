import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useWords } from "@/kit/words";
import { filled, rate, signed, stars, whole } from "../figures";
import { howWords } from "../howWords";
import { totalsAsk, trendAsk } from "../queries";
import { type Change, holds, spanOf, stepOf, whichOf, without } from "../question";
import type { Bucket, Tally, Totals } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Failed, How } from "./Panel";
import { Sparkline } from "./Sparkline";

type Name = "good" | "bad" | "count" | "stars" | "open";

interface Kind {
  value: (tally: Tally) => number | null;
  shown: (value: number | null) => string;
  difference: (difference: number, said: { points: (n: string) => string }) => string;
  /** Whether more of it is better (1), worse (-1) or neither. */
  sense: 1 | 0 | -1;
  opens: Change;
  spark: (bucket: Bucket) => number | null;
}

const points: Kind["difference"] = (difference, said) => said.points(signed(difference * 100, 1));
const pieces: Kind["difference"] = (difference) => signed(difference);
const every = { verdict: undefined, handled: undefined };

const KINDS: Record<Name, Kind> = {
  good: {
    value: (t) => t.goodRate,
    shown: rate,
    difference: points,
    sense: 1,
    opens: { ...every, verdict: "good" },
    spark: ({ tally }) => tally.goodRate,
  },
  bad: {
    value: (t) => t.badRate,
    shown: rate,
    difference: points,
    sense: -1,
    opens: { ...every, verdict: "bad" },
    spark: ({ tally }) => tally.badRate,
  },
  count: {
    value: (t) => t.count,
    shown: (value) => whole(value ?? 0),
    difference: pieces,
    sense: 0,
    opens: every,
    spark: ({ tally }) => tally.count,
  },
  stars: {
    value: (t) => t.stars,
    shown: stars,
    difference: (difference) => signed(difference, 2),
    sense: 1,
    opens: every,
    spark: ({ tally }) => tally.stars,
  },
  open: {
    value: (t) => t.open,
    shown: (value) => whole(value ?? 0),
    difference: pieces,
    sense: -1,
    opens: { verdict: "bad", handled: "no" },
    spark: ({ tally }) => tally.bad,
  },
};
const NAMES = Object.keys(KINDS) as Name[];

export function useTiles() {
  const { question, today } = useQuestion();
  const asked = without(question, "verdict", "handled");
  const totals = useQuery(totalsAsk(whichOf(asked, today)));
  const days = without(asked, "day");
  const span = spanOf(days, today);
  const which = { ...whichOf(days, today), step: stepOf(span, today) };
  const trend = useQuery(trendAsk(which));
  const open = useQuery(trendAsk({ ...which, verdict: "bad", handled: false }));
  const drawn = (name: Name) => {
    const data = (name === "open" ? open : trend).data;
    return filled(data?.buckets ?? [], which.step, span.from, span.to).map(KINDS[name].spark);
  };
  return { totals, drawn };
}

export function Tiles() {
  const { totals, drawn } = useTiles();
  if (totals.error && !totals.data) {
    return <Failed error={totals.error} again={() => void totals.refetch()} />;
  }
  return (
    <div className="rev-tiles">
      {NAMES.map((name) => (
        <Tile
          key={name}
          name={name}
          totals={totals.data}
          values={drawn(name)}
          stale={totals.isPlaceholderData}
        />
      ))}
    </div>
  );
}

interface TileProps {
  name: Name;
  totals: Totals | undefined;
  values: (number | null)[];
  stale?: boolean;
}

export function Tile({ name, totals, values, stale }: TileProps) {
  const said = useWords(words);
  const { question, ask } = useQuestion();
  const both = useWordsOfHow();
  const kind = KINDS[name];
  const title = said.tiles[name];
  const chosen = kind.opens.verdict !== undefined && holds(question, kind.opens);
  return (
    <div className={`rev-tile${chosen ? " rev-chosen" : ""}${stale ? " rev-stale" : ""}`}>
      <div className="rev-tile-head">
        <span>{title}</span>
        {totals && <How of={title}>{howOf(name, totals.now, both)}</How>}
        <span className="rev-space" />
        {totals && <Guessed name={name} tally={totals.now} />}
      </div>
      {totals ? (
        <button
          type="button"
          className="plain rev-tile-body"
          aria-pressed={kind.opens.verdict ? chosen : undefined}
          onClick={() => ask(chosen ? every : kind.opens)}
        >
          <span className="visually-hidden">{title} </span>
          <b className="rev-tile-value">{kind.shown(kind.value(totals.now))}</b>
          <Difference kind={kind} totals={totals} />
          <span className="rev-tile-foot">
            <span className="faint">
              {totals.before?.count ? said.before(kind.shown(kind.value(totals.before))) : said.noBefore}
            </span>
            <Sparkline values={values} tone={toneOf(name)} />
          </span>
        </button>
      ) : (
        <Skeleton active title={{ width: 90 }} paragraph={{ rows: 1 }} />
      )}
    </div>
  );
}

function toneOf(name: Name): string {
  return name === "good" ? "good" : name === "bad" || name === "open" ? "bad" : "plain";
}

function Difference({ kind, totals }: { kind: Kind; totals: Totals }) {
  const said = useWords(words);
  const now = kind.value(totals.now);
  const before = totals.before ? kind.value(totals.before) : null;
  // With nothing before there is nothing to compare, whatever the figure.
  if (now === null || before === null || !totals.before?.count) return null;
  const difference = now - before;
  const text = kind.difference(difference, said);
  const direction = text.startsWith("+") ? 1 : text.startsWith("−") ? -1 : 0;
  const feeling = direction * kind.sense;
  const tone = feeling > 0 ? "good" : feeling < 0 ? "bad" : "plain";
  return (
    <span className={`rev-diff rev-tone-${tone}`}>
      <span aria-hidden="true">{direction > 0 ? "▲" : direction < 0 ? "▼" : "＝"}</span>
      <span className="visually-hidden">{direction > 0 ? said.higher : direction < 0 ? said.lower : ""}</span>{" "}
      {text}
    </span>
  );
}

/** Marks rates that rest on the machine's guess, wholly or in part. */
function Guessed({ name, tally }: { name: Name; tally: Tally }) {
  const said = useWords(words);
  if (name === "count" || name === "stars" || !tally.byMachine || !tally.count) return null;
  const share = `${Math.max(1, Math.round((100 * tally.byMachine) / tally.count))}%`;
  return (
    <span className="machine-mark" title={said.byMachine(share)}>
      AI {share}
    </span>
  );
}

function useWordsOfHow() {
  return { how: useWords(howWords), said: useWords(words) };
}

function howOf(name: Name, tally: Tally, { how, said }: ReturnType<typeof useWordsOfHow>): ReactNode {
  const of = whole(tally.count);
  const first = {
    good: how.good(whole(tally.good), of),
    bad: how.bad(whole(tally.bad), of),
    count: how.count(of, whole(tally.undated)),
    stars: how.stars(whole(tally.starred), of),
    open: how.open(whole(tally.open)),
  }[name];
  const verdicts = name === "good" || name === "bad" || name === "open";
  const labels = said.agree(whole(tally.agree), whole(tally.labelled), rate(tally.agree / tally.labelled));
  return (
    <>
      <p>{first}</p>
      {verdicts && <p>{how.verdict}</p>}
      {verdicts && <p>{tally.byMachine ? how.machine(whole(tally.byMachine), of) : how.allBuyers}</p>}
      {verdicts && tally.labelled > 0 && <p>{labels}</p>}
      <p>{how.before}</p>
    </>
  );
}
