import { Tooltip } from "antd";
import type { Emotion, Shop } from "@/api/shapes";
import { common } from "./common";
import { clock } from "./format";
import "./marks.css";
import { platformName, platformShort } from "./platforms";
import { useNow } from "./useNow";
import { type Language, useLanguage, useWords } from "./words";

export const FEELINGS: Record<Emotion, Record<Language, string>> = {
  satisfied: { zh: "满意", en: "satisfied" },
  neutral: { zh: "平静", en: "calm" },
  anxious: { zh: "焦急", en: "anxious" },
  disappointed: { zh: "不满", en: "let down" },
  angry: { zh: "愤怒", en: "angry" },
};

const SHAPES: Record<Emotion, string> = {
  satisfied: "M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zm0 2a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5z",
  neutral: "",
  anxious: "M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
  disappointed: "M6 .5 11.5 6 6 11.5 .5 6z",
  angry: "M6 .8 11.6 11H.4z",
};

/** A feeling by colour, shape and (where it matters) word. Calm shows nothing. */
export function Feeling({ of, word = false }: { of: string | null; word?: boolean }) {
  const language = useLanguage();
  if (!of || of === "neutral" || !(of in SHAPES)) return null;
  const emotion = of as Emotion;
  const name = FEELINGS[emotion][language];
  return (
    <span className={`feeling feeling-${emotion}`} title={name}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d={SHAPES[emotion]} fill="currentColor" fillRule="evenodd" />
      </svg>
      {word ? name : <span className="visually-hidden">{name}</span>}
    </span>
  );
}

/** Which platform, by one character, and which shop on hover. */
export function PlatformMark({ shop, long = false }: { shop: Shop | undefined; long?: boolean }) {
  const language = useLanguage();
  if (!shop) return null;
  const full = `${platformName(shop.platform, language)} · ${shop.name}`;
  return (
    <span className="platform" title={full}>
      {long ? shop.name : platformShort(shop.platform)}
      {!long && <span className="visually-hidden">{full}</span>}
    </span>
  );
}

const SOON = 60;

export interface ClockWords {
  left: (time: string) => string;
  over: (time: string) => string;
  leftLong: (time: string) => string;
  overLong: (time: string) => string;
}

/** Time left until an answer is late. Clocks use no colour: digits, then bold, then inverted when late. */
export function Countdown({ until, words }: { until: string | null; words: ClockWords }) {
  const now = useNow(until !== null);
  if (!until) return null;
  const left = (Date.parse(until) - now) / 1000;
  const state = left <= 0 ? "late" : left <= SOON ? "soon" : "calm";
  const time = clock(Math.abs(left));
  const long = left <= 0 ? words.overLong(time) : words.leftLong(time);
  return (
    <span className={`countdown countdown-${state}`} title={long} role="timer" aria-label={long}>
      {left <= 0 ? words.over(time) : words.left(time)}
    </span>
  );
}

/** Marks the machine's words and guesses. */
export function MachineMark({ hint }: { hint?: string }) {
  const said = useWords(common);
  const mark = <span className="machine-mark">{said.ai}</span>;
  return hint ? <Tooltip title={hint}>{mark}</Tooltip> : mark;
}
