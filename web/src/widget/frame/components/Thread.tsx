/** @jsxImportSource preact */
/** All that was said, the newest at the bottom; it stays where the reader has scrolled. */

import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Words } from "../language";
import type { Row } from "../rules/rows";
import type { Talk } from "../talk";
import { Bubble, Sending } from "./Bubble";
import { Icon } from "./icons";

interface Props {
  talk: Talk;
  state: Talk["state"];
  rows: Row[];
  words: Words;
  view: (url: string) => void;
}

const NEAR = 60;

export function Thread({ talk, state, rows, words, view }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [missed, setMissed] = useState(0);
  const [away, setAway] = useState(false);
  const count = useRef(0);
  const empty = state.loaded && rows.length === 0;

  const size = useRef("");

  const toEnd = useCallback(() => box.current?.scrollTo({ top: box.current.scrollHeight }), []);
  const settle = useCallback(() => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    const resized = size.current !== `${scrollHeight} ${clientHeight}`;
    size.current = `${scrollHeight} ${clientHeight}`;
    // The keyboard opens, a picture appears: whoever was at the end stays there. Only a hand leaves it.
    if (resized && atEnd.current) return toEnd();
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    setAway(!atEnd.current);
    if (atEnd.current) setMissed(0);
  }, [toEnd]);
  useLayoutEffect(() => {
    const grown = rows.length - count.current;
    count.current = rows.length;
    const mine = rows.at(-1)?.kind === "waiting" && grown > 0;
    if (mine) atEnd.current = true;
    if (atEnd.current) toEnd();
    else if (grown > 0) setMissed((before) => before + 1);
  }, [rows, toEnd]);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(settle);
    const inner = box.current?.firstElementChild;
    if (box.current) watcher.observe(box.current);
    if (inner) watcher.observe(inner);
    return () => watcher.disconnect();
  }, [settle]);

  return (
    <div class="middle">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="thread" ref={box} onScroll={settle} role="log" aria-live="off" tabIndex={0}>
        <div class="rows">
          {!state.loaded && state.phase !== "refused" && <Skeleton words={words} />}
          {empty && <Greeting talk={talk} state={state} words={words} />}
          {rows.map((row) => (
            <Line key={row.key} row={row} talk={talk} words={words} view={view} />
          ))}
          {state.thread.closed && state.queue.length === 0 && <p class="between">{words.ended}</p>}
        </div>
      </div>
      {away && (
        <button type="button" class="newer" onClick={() => toEnd()}>
          {missed > 0 ? words.newer(missed) : words.toBottom} <Icon name="down" />
        </button>
      )}
    </div>
  );
}

interface LineProps extends Pick<Props, "talk" | "words" | "view"> {
  row: Row;
}

function Line({ row, talk, words, view }: LineProps) {
  if (row.kind === "time") return <p class="between">{timeWords(row.at, words)}</p>;
  if (row.kind === "divider") return <p class="between">{words.before}</p>;
  if (row.kind === "waiting") return <Sending entry={row.entry} talk={talk} words={words} view={view} />;
  if (row.said.author === "system") return <p class="between said">{row.said.text}</p>;
  return <Bubble said={row.said} head={row.head} mark={row.mark} talk={talk} words={words} view={view} />;
}

function Greeting({ talk, state, words }: Pick<Props, "talk" | "state" | "words">) {
  return (
    <div class="greeting">
      <p>{words.welcome(state.shop || words.theShop)}</p>
      <div class="starters">
        {words.starters.map((question) => (
          <button type="button" key={question} onClick={() => talk.say(question)}>
            {question}
          </button>
        ))}
      </div>
    </div>
  );
}

function Skeleton({ words }: { words: Words }) {
  return (
    <div class="skeleton" role="status" aria-label={words.loading}>
      <span />
      <span />
      <span />
    </div>
  );
}

function timeWords(at: number, words: Words): string {
  const day = new Date(at);
  const clock = day.toLocaleTimeString(words.code, { hour: "2-digit", minute: "2-digit", hour12: false });
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (at >= midnight) return `${words.today} ${clock}`;
  if (at >= midnight - 86_400_000) return `${words.yesterday} ${clock}`;
  const sameYear = day.getFullYear() === new Date().getFullYear();
  const date = day.toLocaleDateString(words.code, {
    year: sameYear ? undefined : "numeric",
    month: "short",
    day: "numeric",
  });
  return `${date} ${clock}`;
}
