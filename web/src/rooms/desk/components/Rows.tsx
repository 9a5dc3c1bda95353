import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useMe, useMembers, useShop } from "@/api/asks";
import type { Conversation } from "@/api/shapes";
import { ago } from "@/kit/format";
import { Countdown, Feeling, MachineMark, PlatformMark } from "@/kit/Marks";
import { useLanguage, useWords } from "@/kit/words";
import { gravest } from "../alerts";
import { hasDraft } from "../drafts";
import { useReasons } from "../reasons";
import { words } from "../words";

interface Props {
  shown: Conversation[];
  chosen: string | undefined;
  /** Where the keys of the search stand. */
  pointed: string | undefined;
  onOpen: (id: string) => void;
  onStep: (by: number) => void;
}

const ROW = 58;

export function Rows({ shown, chosen, pointed, onOpen, onStep }: Props) {
  const said = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 6,
  });
  const at = shown.findIndex(({ id }) => id === (pointed ?? chosen));
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [at, rows]);
  return (
    <div
      ref={box}
      id="desk-rows"
      className="rows"
      role="listbox"
      aria-label={said.list}
      tabIndex={0}
      aria-activedescendant={chosen ? `row-${chosen}` : undefined}
      onKeyDown={(event) => {
        const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
        const step = steps[event.key];
        if (step === undefined || event.altKey) return;
        event.preventDefault();
        onStep(step);
      }}
    >
      <div className="rows-all" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const one = shown[index];
          if (!one) return null;
          return (
            <div key={key} className="rows-at" style={{ transform: `translateY(${start}px)`, height: ROW }}>
              <Row one={one} chosen={one.id === chosen} pointed={one.id === pointed} onOpen={onOpen} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  one: Conversation;
  chosen: boolean;
  pointed: boolean;
  onOpen: (id: string) => void;
}

function Row({ one, chosen, pointed, onOpen }: RowProps) {
  const said = useWords(words);
  const language = useLanguage();
  const shop = useShop(one.shopId);
  const reason = useReasons();
  const why = one.reception === "waiting" ? gravest(one.whyPerson) : undefined;
  const strong = one.emotion === "angry" || one.emotion === "disappointed";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box above handles the keys of its options
    <div
      id={`row-${one.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={`row row-${one.closedAt ? "closed" : one.reception}${pointed ? " row-pointed" : ""}`}
      onClick={() => onOpen(one.id)}
    >
      <div className="row-head">
        <b className="row-name">{one.consumerName || one.consumerId.slice(-6)}</b>
        <PlatformMark shop={shop} />
        <Feeling of={one.emotion} word={strong} />
        <span className="row-space" />
        {one.deadlineAt && !one.closedAt ? (
          <Countdown until={one.deadlineAt} words={said.clock} />
        ) : (
          <span className="faint">{ago(one.lastAt, language)}</span>
        )}
      </div>
      <div className="row-last">
        <Speaker one={one} />
        {hasDraft(one.id) && !chosen && <span className="row-draft">[{said.draft}]</span>}
        <span className="row-text">{one.lastText}</span>
        {why && <span className="chip">{reason(why)}</span>}
        {one.unread > 0 && (
          <span className="row-unread" title={said.unread(one.unread)}>
            {one.unread > 99 ? "99+" : one.unread}
          </span>
        )}
      </div>
    </div>
  );
}

function Speaker({ one }: { one: Conversation }) {
  const said = useWords(words);
  const me = useMe();
  const members = useMembers();
  if (one.lastAuthor === "copilot") return <MachineMark />;
  if (one.lastAuthor !== "agent") return null;
  const who =
    one.assigneeId === me.id ? said.you : (members.get(one.assigneeId ?? "")?.name ?? said.colleague);
  return <span className="row-speaker">{who}:</span>;
}
