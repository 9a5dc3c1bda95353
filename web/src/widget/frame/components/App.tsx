/** @jsxImportSource preact */
/** The whole frame: head, thread, composer. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { inkOn, readableOn } from "../../colours";
import type { Words } from "../language";
import { stillToShow } from "../rules/outbox";
import { rowsOf } from "../rules/rows";
import { speaker } from "../speaker";
import type { Talk } from "../talk";
import { Composer } from "./Composer";
import { Head } from "./Head";
import { Thread } from "./Thread";
import { Viewer } from "./Viewer";

interface Props {
  talk: Talk;
  words: Words;
  close: (() => void) | null;
}

export function App({ talk, words, close }: Props) {
  const [state, setState] = useState(talk.state);
  const [viewed, setViewed] = useState<string | null>(null);
  useEffect(() => {
    setState(talk.state);
    return talk.watch(setState);
  }, [talk]);
  useEffect(() => paint(state.colour), [state.colour]);
  const { thread, queue, sending } = state;
  const rows = useMemo(
    () => rowsOf(thread, stillToShow(queue, thread.said, sending)),
    [thread, queue, sending],
  );

  return (
    <main class="chat" aria-label={state.shop || words.theShop}>
      <Head state={state} words={words} close={close} />
      <Notices state={state} words={words} />
      <Thread talk={talk} state={state} rows={rows} words={words} view={setViewed} />
      <Heard state={state} words={words} />
      <Composer talk={talk} state={state} words={words} close={close} />
      {viewed && <Viewer url={viewed} words={words} close={() => setViewed(null)} />}
    </main>
  );
}

function Notices({ state, words }: { state: Talk["state"]; words: Words }) {
  const { phase, problem, online, up, loaded } = state;
  // The line is young: a moment without it is not worth a word.
  const [late, setLate] = useState(false);
  const down = loaded && !up;
  useEffect(() => {
    setLate(false);
    const timer = down ? window.setTimeout(() => setLate(true), 1500) : 0;
    return () => window.clearTimeout(timer);
  }, [down]);
  const said = online ? problem || (late && phase === "ready" ? words.reconnecting : "") : words.offline;
  return (
    <p class="notice" role="status" hidden={!said}>
      {said}
    </p>
  );
}

/** What a screen reader hears: the newest words of ours, once. */
function Heard({ state, words }: { state: Talk["state"]; words: Words }) {
  const [from, setFrom] = useState<number | null>(null);
  const { thread, loaded } = state;
  useEffect(() => {
    if (loaded && from === null) setFrom(thread.through);
  }, [loaded, from, thread.through]);
  const last = thread.said.findLast(({ author }) => author !== "consumer");
  const fresh = last && from !== null && last.seq > from;
  return (
    <p class="unseen" role="status" aria-live="polite">
      {fresh ? `${speaker(last, words)}：${last.text || words.picture}` : ""}
    </p>
  );
}

function paint(colour: string): void {
  const { style } = document.documentElement;
  style.setProperty("--shop", colour);
  style.setProperty("--shop-ink", inkOn(colour));
  style.setProperty("--shop-on-light", readableOn(colour, "#ffffff"));
  style.setProperty("--shop-on-dark", readableOn(colour, "#1b1d21"));
}
