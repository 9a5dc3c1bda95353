import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useNames } from "@/api/asks";
import { common } from "@/kit/common";
import { moment } from "@/kit/format";
import { useShade } from "@/kit/theme";
import { useLanguage, useWords } from "@/kit/words";
import { filled, rate, signed, whole } from "../figures";
import { listAsk, trendAsk } from "../queries";
import { periodOf, spanOf, stepOf, whichOf, without } from "../question";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { SHOWN, useChipName } from "./Chips";
import { fallen, useFalling } from "./Falling";
import { Tile, useTiles } from "./Tiles";
import { TrendChart } from "./Trend";
import { VerdictMark } from "./Verdicts";
import { useVoices } from "./Voices";
import "../wall.css";

const OFTEN = 60_000;
const TILES = ["good", "bad", "count", "stars", "open"] as const;

/** The same figures for a screen on the wall: full screen, large, dark, by itself always of this minute. */
export function Wall({ onLeave }: { onLeave: () => void }) {
  const said = useWords(words);
  const all = useWords(common);
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const { question } = useQuestion();
  const { totals, drawn } = useTiles();
  const chip = useChipName();
  const narrowed = SHOWN.flatMap((part) => (question[part] ? [chip(part, question[part])] : []));
  useNight();
  useMinute();
  useFullScreen(box, onLeave);
  return (
    <div className="rev-wall" ref={box} role="dialog" aria-modal="true" aria-label={said.wall} tabIndex={-1}>
      <header>
        <h1>{said.title}</h1>
        <span className="quiet rev-cut">{[said.periods[periodOf(question)], ...narrowed].join(" · ")}</span>
        <span className="rev-space" />
        <span className="quiet">
          {totals.dataUpdatedAt > 0 &&
            said.updated(moment(new Date(totals.dataUpdatedAt).toISOString(), language))}
        </span>
        <button type="button" className="plain rev-wall-leave" onClick={onLeave}>
          {all.back} <kbd>Esc</kbd>
        </button>
      </header>
      <div className="rev-tiles">
        {TILES.map((name) => (
          <Tile key={name} name={name} totals={totals.data} values={drawn(name)} />
        ))}
      </div>
      <div className="rev-wall-body">
        <WallTrend />
        <WallFalling />
        <WallBlame />
        <WallLatest />
      </div>
    </div>
  );
}

/** Dark while the wall is up, whatever the person has set. */
function useNight() {
  const shade = useShade();
  useEffect(() => {
    document.documentElement.dataset.theme = "dark";
    return () => {
      document.documentElement.dataset.theme = shade;
    };
  }, [shade]);
}

function useMinute() {
  const client = useQueryClient();
  useEffect(() => {
    const timer = window.setInterval(() => void client.invalidateQueries({ queryKey: ["reviews"] }), OFTEN);
    return () => window.clearInterval(timer);
  }, [client]);
}

function useFullScreen(box: React.RefObject<HTMLDivElement | null>, onLeave: () => void) {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    const rail = document.querySelector<HTMLElement>(".rail");
    if (rail) rail.inert = true;
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing) leave();
    };
    // The browser keeps Escape for itself in full screen.
    const changed = () => !document.fullscreenElement && leave();
    const node = box.current;
    node?.focus();
    // Refused without a click or key just before, as after a reload: the wall then fills the window.
    if (navigator.userActivation?.isActive) void node?.requestFullscreen?.().catch(() => undefined);
    document.addEventListener("keydown", pressed);
    document.addEventListener("fullscreenchange", changed);
    return () => {
      document.removeEventListener("keydown", pressed);
      document.removeEventListener("fullscreenchange", changed);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
      if (rail) rail.inert = false;
    };
  }, [box]);
}

function WallTrend() {
  const said = useWords(words);
  const { question, today, toggle } = useQuestion();
  const asked = without(question, "day", "verdict", "handled");
  const span = spanOf(asked, today);
  const step = stepOf(span, today);
  const { data } = useQuery(trendAsk({ ...whichOf(asked, today), step }));
  const buckets = filled(data?.buckets ?? [], step, span.from, span.to);
  return (
    <section aria-label={said.trend} className="rev-wall-trend">
      <h2>{said.trend}</h2>
      {data && data.buckets.length === 0 ? (
        <p className="quiet">{data.undated.count ? said.allUndated : said.noneFound}</p>
      ) : (
        <TrendChart
          buckets={buckets}
          large
          pick={(day) => toggle({ day: step === "week" ? `${day}w` : day })}
        />
      )}
    </section>
  );
}

function WallFalling() {
  const said = useWords(words);
  const { data } = useFalling();
  const lines = fallen(data ?? []);
  return (
    <section aria-label={said.falling}>
      <h2>{said.falling}</h2>
      {data && lines.length === 0 && <p className="quiet">{said.noFalling}</p>}
      {lines.map((line) => (
        <p key={line.id} className="rev-wall-line">
          <span className="rev-cut">{line.name || said.noName}</span>
          <b>{rate(line.now.goodRate)}</b>
          <span className="rev-tone-bad">▼ {said.points(signed((line.change ?? 0) * 100, 1))}</span>
        </p>
      ))}
    </section>
  );
}

function WallBlame() {
  const said = useWords(words);
  const name = useNames();
  const { data } = useVoices();
  const blamed = (data ?? []).filter(({ sentiment }) => sentiment === "negative").slice(0, 5);
  return (
    <section aria-label={said.blame}>
      <h2>
        {said.blame} <span className="machine-mark">AI</span>
      </h2>
      {blamed.map(({ aspect, count, clauses }) => (
        <p key={aspect} className="rev-wall-line">
          <b>{name("aspects", aspect)}</b>
          <span className="rev-cut quiet">{clauses.map(({ text }) => text).join(" · ")}</span>
          <span>{whole(count)}</span>
        </p>
      ))}
    </section>
  );
}

function WallLatest() {
  const said = useWords(words);
  const { question, today } = useQuestion();
  const { data } = useInfiniteQuery(listAsk({ ...whichOf(question, today), verdict: "bad" }));
  return (
    <section aria-label={said.latestBad}>
      <h2>{said.latestBad}</h2>
      {data?.pages[0]?.reviews.slice(0, 6).map((review) => (
        <p key={review.id} className="rev-wall-line">
          <VerdictMark review={review} />
          <span className="rev-cut">{review.text}</span>
        </p>
      ))}
    </section>
  );
}
