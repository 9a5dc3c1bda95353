import { useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTyping } from "@/api/live";
import type { Conversation, Message } from "@/api/shapes";
import { useKey } from "@/kit/keys";
import { useWords } from "@/kit/words";
import { loadOlder } from "../actions";
import { correct } from "../correcting";
import { arrived, type Pending, useOutbox } from "../outbox";
import { opensStretch } from "../thread";
import { words } from "../words";
import { MessageItem } from "./MessageItem";
import { PendingItem } from "./PendingItem";

type Row = { key: string; message: Message; before: Message | undefined } | { key: string; pending: Pending };

function useRows(conversationId: string, said: Message[]): Row[] {
  const outbox = useOutbox();
  useEffect(() => {
    arrived(new Set(said.map(({ clientId }) => clientId).filter(Boolean)));
  }, [said]);
  return useMemo(() => {
    const shown: Row[] = said.map((message, at) => ({
      key: message.clientId ?? message.id,
      message,
      before: said[at - 1],
    }));
    const known = new Set(said.map(({ clientId }) => clientId));
    for (const pending of outbox) {
      if (pending.conversationId === conversationId && !known.has(pending.clientId)) {
        shown.push({ key: pending.clientId, pending });
      }
    }
    return shown;
  }, [conversationId, said, outbox]);
}

/** The thread, only as much of it as is seen; it stays at its end until somebody scrolls up. */
export function Thread({ conversation, said }: { conversation: Conversation; said: Message[] }) {
  const spoken = useWords(words);
  const client = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const rows = useRows(conversation.id, said);
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 76,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    paddingStart: 36,
    paddingEnd: 12,
  });
  const first = said[0]?.seq ?? 0;
  const [loading, setLoading] = useState(false);
  const [seenUpTo, setSeenUpTo] = useState(Number.POSITIVE_INFINITY);
  const newest = said.at(-1)?.seq ?? 0;
  const ours = said.findLast(({ author }) => author === "agent" || author === "copilot")?.seq ?? 0;
  const theirs = said.findLast(({ author }) => author === "consumer")?.seq ?? 0;
  const below = said.filter(({ seq, author }) => seq > seenUpTo && author !== "system").length;

  useLayoutEffect(() => {
    view.scrollToEnd();
  }, [view]);
  useEndKept(view, rows);
  useCorrectKey(box, said);

  const older = async () => {
    if (loading || first <= 1) return;
    setLoading(true);
    await loadOlder(client, conversation.id).catch(() => undefined);
    setLoading(false);
  };
  const scrolled = () => {
    const element = box.current;
    if (!element) return;
    if (element.scrollTop < 240) void older();
    const atEnd = view.isAtEnd(80);
    setSeenUpTo((before) => (atEnd ? Number.POSITIVE_INFINITY : Math.min(before, newest)));
  };

  return (
    <div className="thread-box">
      <div
        ref={box}
        className="thread"
        onScroll={scrolled}
        onKeyDown={walk}
        role="log"
        aria-label={spoken.thread}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className="rows-all" style={{ height: view.getTotalSize() }}>
          <p className="thread-top faint">{first > 1 ? spoken.older : spoken.beginning}</p>
          {view.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <div
                key={key}
                ref={view.measureElement}
                data-index={index}
                className="rows-at"
                style={{ transform: `translateY(${start}px)` }}
              >
                {"pending" in row ? (
                  <PendingItem pending={row.pending} />
                ) : (
                  <MessageItem
                    message={row.message}
                    conversation={conversation}
                    timed={opensStretch(row.before, row.message)}
                    last={row.message.seq === ours || row.message.seq === theirs}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {below > 0 && (
        <button type="button" className="plain thread-below" onClick={() => view.scrollToEnd()}>
          {spoken.newBelow(below)}
        </button>
      )}
      <TypingLine conversationId={conversation.id} />
    </div>
  );
}

/** Up and down go from one of the consumer's messages to the next. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-consumer]")];
  const at = all.indexOf(event.target as HTMLElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  all[at + step]?.focus();
}

/** One key puts right the message that has the focus, else the newest. */
function useCorrectKey(box: React.RefObject<HTMLElement | null>, said: Message[]): void {
  useKey("correct", () => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-consumer]");
    const inside = focused && box.current?.contains(focused) ? focused.dataset.consumer : undefined;
    const newest = said.findLast(({ author }) => author === "consumer")?.id;
    const wanted = inside ?? newest;
    if (wanted) correct(wanted);
  });
}

/** Words that were just sent from here are always seen. */
function useEndKept(view: { scrollToEnd: () => void }, rows: Row[]): void {
  const last = rows.at(-1);
  const sending = last && "pending" in last ? last.key : "";
  useEffect(() => {
    if (sending) view.scrollToEnd();
  }, [sending, view]);
}

function TypingLine({ conversationId }: { conversationId: string }) {
  const said = useWords(words);
  const who = useTyping(conversationId);
  return (
    <p className="thread-typing faint" aria-live="polite">
      {who && (who === "consumer" ? said.typing : said.memberTyping(who))}
    </p>
  );
}
