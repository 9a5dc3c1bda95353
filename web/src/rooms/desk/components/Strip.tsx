import { useQuery } from "@tanstack/react-query";
import { Tooltip } from "antd";
import { useEffect } from "react";
import type { Conversation, Message, Suggestion } from "@/api/shapes";
import { percent } from "@/kit/format";
import { comboFor, isComposing, isTyping, shownCombo, useKey } from "@/kit/keys";
import { MachineMark } from "@/kit/Marks";
import { useWords } from "@/kit/words";
import { insert } from "../composing";
import { hasDraft } from "../drafts";
import { suggestionsAsk } from "../queries";
import { isAnswered } from "../thread";
import { words } from "../words";
import { SourceChip } from "./SourceChip";

const SURE = 0.75;
const LIKELY = 0.5;

interface Props {
  conversation: Conversation;
  said: readonly Message[];
}

/**
 * Replies that lie ready. Alt+1/2/3 always; bare digits only while nobody types and the composer is empty.
 * They belong to the consumer's newest words: once those are answered no key puts them in a second time.
 */
export function Strip({ conversation, said: thread }: Props) {
  const said = useWords(words);
  const { data } = useQuery(suggestionsAsk(conversation.id));
  const shown = (data ?? []).filter(({ state }) => state !== "rejected").slice(0, 3);
  const use = (at: number) => {
    const one = shown[at];
    if (one) insert({ conversationId: conversation.id, text: one.text, suggestionId: one.id });
  };
  const answered = shown[0] !== undefined && isAnswered(thread, shown[0].seq);
  const press = (at: number) => !answered && use(at);
  useKey("suggest1", () => press(0));
  useKey("suggest2", () => press(1));
  useKey("suggest3", () => press(2));
  useBareDigits(conversation.id, press);
  if (!data) return <div className="strip" aria-hidden="true" />;
  if (shown.length === 0) {
    const spoken = conversation.seq > 0;
    return <p className="strip strip-empty faint">{spoken ? said.stripNothing : said.stripEmpty}</p>;
  }
  return (
    <div className={answered ? "strip strip-answered" : "strip"} role="toolbar" aria-label={said.strip}>
      {answered && <span className="strip-word faint">{said.answered}</span>}
      {shown.map((one, at) => (
        <Offer key={one.id} one={one} at={at} keyed={!answered} onUse={() => use(at)} />
      ))}
    </div>
  );
}

function useBareDigits(conversationId: string, use: (at: number) => unknown): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const digit = /^(?:Digit|Numpad)([123])$/.exec(event.code)?.[1];
      if (!digit || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (isComposing(event) || event.defaultPrevented) return;
      if (isTyping(event.target) || hasDraft(conversationId)) return;
      event.preventDefault();
      use(Number(digit) - 1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [conversationId, use]);
}

interface OfferProps {
  one: Suggestion;
  at: number;
  keyed: boolean;
  onUse: () => void;
}

function Offer({ one, at, keyed, onUse }: OfferProps) {
  const said = useWords(words);
  const keys = shownCombo(comboFor((["suggest1", "suggest2", "suggest3"] as const)[at] ?? "suggest1"));
  const how = one.sure >= SURE ? said.sure.high : one.sure >= LIKELY ? said.sure.middle : said.sure.low;
  const hint = `${one.why}${one.why ? " · " : ""}${said.figure(percent(one.sure))}`;
  return (
    <div className={one.state === "used" ? "offer offer-used" : "offer"}>
      <Tooltip title={<span className="bubble-text">{one.text}</span>} mouseEnterDelay={0.6} placement="top">
        <button
          type="button"
          className="plain offer-text"
          aria-label={`${said.insert(at + 1)}: ${one.text}`}
          onClick={onUse}
        >
          {keyed && <kbd>{keys}</kbd>} {one.text}
        </button>
      </Tooltip>
      <div className="offer-foot">
        <MachineMark hint={hint} />
        <span className="offer-sure">{how}</span>
        {one.state === "used" && <span className="faint">{said.used}</span>}
        {one.doubts.length > 0 && (
          <Tooltip title={one.doubts.join("；")}>
            <b className="offer-doubt">{said.doubts}</b>
          </Tooltip>
        )}
        {one.sources.map((source) => (
          <SourceChip key={source.id} source={source} />
        ))}
      </div>
    </div>
  );
}
