import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Skeleton } from "antd";
import { useDeferredValue, useState } from "react";
import { useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Consumer } from "@/api/shapes";
import { common } from "@/kit/common";
import { ago } from "@/kit/format";
import { PlatformMark } from "@/kit/Marks";
import { useGo, useRoomId } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { Detail } from "./components/Detail";
import "./consumers.css";
import { consumersAsk } from "./queries";
import { words } from "./words";

export default function Page() {
  const said = useWords(words);
  const id = useRoomId();
  return (
    <div className={id ? "people people-open" : "people"}>
      <List chosen={id} />
      <section className="people-detail" aria-label={said.title}>
        {id ? <Detail key={id} id={id} /> : <Teach title={said.choose}>{said.chooseHint}</Teach>}
      </section>
    </div>
  );
}

function List({ chosen }: { chosen: string | undefined }) {
  const said = useWords(words);
  const all = useWords(common);
  const [text, setText] = useState("");
  const found = useInfiniteQuery(consumersAsk(useDeferredValue(text.trim())));
  const shown = found.data?.pages.flat() ?? [];
  return (
    <section className="people-list" aria-label={`${said.title} · ${all.list}`}>
      <div className="people-head">
        <h1>{said.title}</h1>
        <Input.Search
          allowClear
          placeholder={said.search}
          aria-label={said.search}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <div className="people-rows">
        {found.isPending && (
          <Skeleton active className="people-skeleton" paragraph={{ rows: 10 }} title={false} />
        )}
        {found.error && <Teach title={wordsOf(found.error)} />}
        {found.data && shown.length === 0 && (
          <Teach title={text ? said.notFound : said.none}>{text ? said.notFoundHint : said.noneHint}</Teach>
        )}
        {shown.map((one) => (
          <Row key={one.id} one={one} chosen={one.id === chosen} />
        ))}
        {found.hasNextPage && (
          <Button
            type="link"
            block
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {said.more}
          </Button>
        )}
      </div>
    </section>
  );
}

function Row({ one, chosen }: { one: Consumer; chosen: boolean }) {
  const language = useLanguage();
  const go = useGo();
  const shop = useMe().shops.find(({ id }) => id === one.shopId);
  return (
    <button
      type="button"
      className="plain people-row"
      aria-current={chosen ? "true" : undefined}
      onClick={() => go({ room: "consumers", id: one.id })}
    >
      <span className="people-line">
        <b>{one.name}</b>
        <PlatformMark shop={shop} />
        <span className="people-space" />
        <span className="faint">{ago(one.lastSeenAt, language)}</span>
      </span>
      <span className="people-line quiet">
        {one.place}
        {one.tags.slice(0, 3).map((tag) => (
          <span key={tag} className="chip">
            {tag}
          </span>
        ))}
        <span className="people-remark faint">{one.remark}</span>
      </span>
    </button>
  );
}
