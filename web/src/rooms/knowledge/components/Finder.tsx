import { PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, Select, Skeleton } from "antd";
import { useDeferredValue, useState } from "react";
import { knowledgeAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Article } from "@/api/shapes";
import { common } from "@/kit/common";
import { percent } from "@/kit/format";
import { useGo } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { articlesAsk } from "../queries";
import { words } from "../words";

interface Found {
  article: Article;
  closeness?: number;
  question?: string;
}

/** Search as a consumer would ask, or leaf through the list. */
export function Finder({ chosen, writes }: { chosen: string | undefined; writes: boolean }) {
  const said = useWords(words);
  const all = useWords(common);
  const me = useMe();
  const go = useGo();
  const [text, setText] = useState("");
  const [kind, setKind] = useState("");
  const [shop, setShop] = useState("");
  const q = useDeferredValue(text.trim());
  const hits = useQuery(knowledgeAsk(q, shop || undefined));
  const list = useInfiniteQuery(articlesAsk(kind));
  const searching = q !== "";
  const shown: Found[] = searching
    ? (hits.data ?? []).filter(({ article }) => !kind || article.kind === kind)
    : (list.data?.pages.flat() ?? []).map((article) => ({ article }));
  const source = searching ? hits : list;
  return (
    <section className="know-list" aria-label={`${said.title} · ${all.list}`}>
      <div className="know-head">
        <div className="know-title">
          <h1>{said.title}</h1>
          {writes && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => go({ room: "knowledge", id: "new" })}>
              {said.fresh}
            </Button>
          )}
        </div>
        <Input.Search
          allowClear
          placeholder={said.search}
          aria-label={said.search}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="know-title">
          <Segmented
            size="small"
            value={kind}
            options={["", "article", "script"].map((value) => ({ value, label: said.kinds[value] }))}
            onChange={setKind}
          />
          <Select
            size="small"
            value={shop}
            aria-label={said.shops}
            popupMatchSelectWidth={false}
            options={[
              { value: "", label: said.allShops },
              ...me.shops.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setShop}
          />
        </div>
      </div>
      <div className="know-rows">
        {source.isLoading && (
          <Skeleton active className="know-skeleton" paragraph={{ rows: 10 }} title={false} />
        )}
        {source.error && <Teach title={wordsOf(source.error)} />}
        {source.data && shown.length === 0 && (
          <Teach title={searching ? said.nothing : said.empty}>
            {searching ? said.nothingHint : said.emptyHint}
          </Teach>
        )}
        {shown.map((found) => (
          <Row key={found.article.id} found={found} chosen={found.article.id === chosen} />
        ))}
        {!searching && list.hasNextPage && (
          <MoreButton onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage} />
        )}
      </div>
    </section>
  );
}

function MoreButton({ onClick, busy }: { onClick: () => void; busy: boolean }) {
  const all = useWords(common);
  return (
    <Button type="link" block loading={busy} onClick={onClick}>
      {all.more}
    </Button>
  );
}

const HIGH = 0.7;
const MIDDLE = 0.45;

function Row({ found, chosen }: { found: Found; chosen: boolean }) {
  const said = useWords(words);
  const go = useGo();
  const { article, closeness, question } = found;
  const near =
    closeness === undefined
      ? ""
      : closeness >= HIGH
        ? said.near.high
        : closeness >= MIDDLE
          ? said.near.middle
          : said.near.low;
  return (
    <button
      type="button"
      className="plain know-row"
      aria-current={chosen ? "true" : undefined}
      onClick={() => go({ room: "knowledge", id: article.id })}
    >
      <span className="know-line">
        <b>{article.title}</b>
        {article.kind === "script" && <span className="chip">{said.kinds.script}</span>}
        {near && (
          <span className="chip" title={percent(closeness ?? 0)}>
            {near}
          </span>
        )}
      </span>
      <span className="know-reply quiet">{question ? `“${question}”` : article.reply || article.body}</span>
    </button>
  );
}
