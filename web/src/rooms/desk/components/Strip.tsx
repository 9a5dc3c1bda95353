import { useQuery } from "@tanstack/react-query";
import { Tooltip } from "antd";
import { useEffect } from "react";
import type { Conversation, Suggestion } from "@/api/shapes";
import { percent } from "@/kit/format";
import { comboFor, isComposing, isTyping, shownCombo, useKey } from "@/kit/keys";
import { MachineMark } from "@/kit/Marks";
import { useWords } from "@/kit/words";
import { insert } from "../composing";
import { hasDraft } from "../drafts";
import { suggestionsAsk } from "../queries";
import { words } from "../words";
import { SourceChip } from "./SourceChip";

const SURE = 0.75;
const LIKELY = 0.5;

/** Replies that lie ready. Alt+1/2/3 always; bare digits only while nobody types and the composer is empty. */
export function Strip({ conversation }: { conversation: Conversation }) {
  const said = useWords(words);
  const { data } = useQuery(suggestionsAsk(conversation.id));
  const shown = (data ?? []).filter(({ state }) => state !== "rejected").slice(0, 3);
  const use = (at: number) => {
    const one = shown[at];
    if (one) insert({ conversationId: conversation.id, text: one.text, suggestionId: one.id });
  };
  useKey("suggest1", () => use(0));
  useKey("suggest2", () => use(1));
  useKey("suggest3", () => use(2));
  useBareDigits(conversation.id, use);
  if (!data) return <div className="strip" aria-hidden="true" />;
  if (shown.length === 0) {
    const spoken = conversation.seq > 0;
    return <p className="strip strip-empty faint">{spoken ? said.stripNothing : said.stripEmpty}</p>;
  }
  return (
    <div className="strip" role="toolbar" aria-label={said.strip}>
      {shown.map((one, at) => (
        <Offer key={one.id} one={one} at={at} onUse={() => use(at)} />
      ))}
    </div>
  );
}

function useBareDigits(conversationId: string, use: (at: number) => void): void {
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

function Offer({ one, at, onUse }: { one: Suggestion; at: number; onUse: () => void }) {
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
          <kbd>{keys}</kbd> {one.text}
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
