import { HistoryOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, type InputRef, Skeleton, Tooltip } from "antd";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { wordsOf } from "@/api/problem";
import type { Conversation } from "@/api/shapes";
import { comboFor, shownCombo, useKey } from "@/kit/keys";
import { useFilters, useGo, useRoomId } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { listAsk, TABS, type Tab } from "../queries";
import { useHits } from "../useHits";
import { useLayout } from "../useLayout";
import { useSteady } from "../useSteady";
import { words } from "../words";
import { Rows } from "./Rows";

/** Whom the machine has drafted an answer for without sending it. */
function machineWaits(one: Conversation): boolean {
  return one.reception === "ai" && one.waitingSince !== null && one.lastAuthor === "consumer";
}

export function ListPane() {
  const said = useWords(words);
  const filters = useFilters();
  const go = useGo();
  const id = useRoomId();
  const tab = tabFrom(filters.tab);
  const [text, setText] = useState("");
  const [onlyWaiting, setOnlyWaiting] = useState(false);
  const search = useRef<InputRef>(null);
  const asked = useDeferredValue(text.trim());
  const { data, error, isPending, isPlaceholderData } = useQuery(listAsk(tab, asked));
  const all = data?.conversations;
  const held = useMemo(() => (all ?? []).filter(machineWaits), [all]);
  const filtered = tab === "ai" && onlyWaiting;
  const { shown, more, settle, holding } = useSteady(filtered ? held : (all ?? []), `${tab} ${text}`);

  const openTab = (next: Tab) => go({ room: "desk", id, filters: { ...filters, tab: next }, replace: true });
  const open = (one: string | undefined) =>
    one && go({ room: "desk", id: one, filters: { tab: filters.tab } });
  const step = (by: number) => {
    const at = shown.findIndex((one) => one.id === id);
    open(shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))]?.id);
  };
  useKey("next", () => step(1));
  useKey("previous", () => step(-1));
  useKey("urgent", () => {
    settle();
    open((all ?? []).find((one) => one.waitingSince && one.id !== id)?.id);
  });
  useKey("tab", () =>
    openTab(TABS[(TABS.indexOf(tab as (typeof TABS)[number]) + 1) % TABS.length] ?? "mine"),
  );
  useKey("find", () => search.current?.focus());
  const hits = useHits({
    scope: `${tab} ${text}`,
    ids: shown.map((one) => one.id),
    settled: asked === text.trim() && !isPlaceholderData,
    open,
    clear: () => setText(""),
  });

  return (
    <section className="list-pane" aria-label={said.list} {...holding}>
      <div className="list-tabs" role="tablist" aria-label={said.list}>
        {TABS.map((name) => (
          <button
            type="button"
            key={name}
            role="tab"
            aria-selected={name === tab}
            className="plain list-tab"
            onClick={() => openTab(name)}
          >
            {said.tabs[name]} <span className="faint">{data?.counts[name] ?? ""}</span>
          </button>
        ))}
        <Tooltip title={said.closedOnes}>
          <button
            type="button"
            role="tab"
            aria-selected={tab === "closed"}
            aria-label={said.closedOnes}
            className="plain list-tab"
            onClick={() => openTab(tab === "closed" ? "open" : "closed")}
          >
            <HistoryOutlined />
          </button>
        </Tooltip>
      </div>
      <Input
        ref={search}
        className="list-search"
        allowClear
        variant="filled"
        placeholder={
          useLayout() === "phone" ? said.search : `${said.search}  ${shownCombo(comboFor("find"))}`
        }
        aria-label={said.search}
        value={text}
        role="combobox"
        aria-expanded={text !== ""}
        aria-controls="desk-rows"
        aria-activedescendant={hits.pointed && `row-${hits.pointed}`}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={hits.press}
      />
      {tab === "ai" && held.length > 0 && (
        <button type="button" className="plain list-bar" onClick={() => setOnlyWaiting(!onlyWaiting)}>
          {filtered ? said.machineWaitsAll : said.machineWaits(held.length)}
        </button>
      )}
      {more > 0 && (
        <button type="button" className="plain list-bar list-bar-urgent" onClick={settle}>
          {said.moreUrgent(more)}
        </button>
      )}
      {isPending && <Skeleton active className="list-skeleton" paragraph={{ rows: 10 }} title={false} />}
      {error && !data && (
        <Teach title={wordsOf(error)}>
          <Button size="small" onClick={() => location.reload()}>
            ↻
          </Button>
        </Teach>
      )}
      {data && shown.length === 0 && <NothingHere tab={tab} searched={text !== ""} />}
      {shown.length > 0 && (
        <Rows shown={shown} chosen={id} pointed={hits.pointed} onOpen={open} onStep={step} />
      )}
    </section>
  );
}

function tabFrom(text: string | undefined): Tab {
  return text === "closed" || TABS.some((tab) => tab === text) ? (text as Tab) : "open";
}

function NothingHere({ tab, searched }: { tab: Tab; searched: boolean }) {
  const said = useWords(words);
  if (searched || tab === "closed") return <Teach title={said.emptyFound}>{said.emptyFoundHint}</Teach>;
  const hints = {
    mine: [said.emptyMine, said.emptyMineHint],
    waiting: [said.emptyWaiting, said.emptyWaitingHint],
    ai: [said.emptyAi, said.emptyAiHint],
    open: [said.emptyOpen, said.emptyOpenHint],
  } as const;
  return <Teach title={hints[tab][0]}>{hints[tab][1]}</Teach>;
}
