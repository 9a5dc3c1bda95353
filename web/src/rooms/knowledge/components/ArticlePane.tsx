import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Skeleton, Tooltip } from "antd";
import { useState } from "react";
import { useMe, useNames } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Article } from "@/api/shapes";
import { common } from "@/kit/common";
import { day } from "@/kit/format";
import { useGo } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { retireArticle } from "../actions";
import { articleAsk } from "../queries";
import { words } from "../words";
import { ArticleForm } from "./ArticleForm";

export function ArticlePane({ id, writes }: { id: string; writes: boolean }) {
  const all = useWords(common);
  const go = useGo();
  const fresh = id === "new";
  const [editing, setEditing] = useState(false);
  const { data: article, error } = useQuery({ ...articleAsk(id), enabled: !fresh });
  const done = (kept?: Article) => {
    setEditing(false);
    if (fresh) go({ room: "knowledge", id: kept?.id, replace: true });
  };
  return (
    <>
      <Button
        type="text"
        className="know-back"
        icon={<ArrowLeftOutlined />}
        onClick={() => go({ room: "knowledge" })}
      >
        {all.back}
      </Button>
      {error && <Teach title={wordsOf(error)} />}
      {!fresh && !article && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {fresh && writes && <ArticleForm article={null} onDone={done} />}
      {article && editing && <ArticleForm article={article} onDone={done} />}
      {article && !editing && <Read article={article} writes={writes} onEdit={() => setEditing(true)} />}
    </>
  );
}

function Read({ article, writes, onEdit }: { article: Article; writes: boolean; onEdit: () => void }) {
  const said = useWords(words);
  const all = useWords(common);
  const name = useNames();
  const { message } = App.useApp();
  const copy = () =>
    void navigator.clipboard?.writeText(article.reply).then(() => message.success(all.copied, 1));
  return (
    <article>
      <div className="page-head">
        <h1>{article.title}</h1>
        <span className="chip">{said.kinds[article.kind]}</span>
        <span className="faint">{said.version(article.version)}</span>
        <span className="know-space" />
        {writes && <Button onClick={onEdit}>{all.edit}</Button>}
        {writes && <Retire id={article.id} />}
      </div>
      {article.looseFigures.length > 0 && (
        <Alert type="warning" showIcon title={said.loose(article.looseFigures)} className="know-problem" />
      )}
      <Part title={said.questions}>
        <ul className="know-questions">
          {article.questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </Part>
      <Part title={said.reply}>
        <Tooltip title={said.copyReply}>
          <button type="button" className="plain know-quote" onClick={copy}>
            {article.reply}
          </button>
        </Tooltip>
      </Part>
      <Part title={said.body}>
        <p className="know-text">{article.body}</p>
      </Part>
      <Part title={said.intents}>
        {article.intents.map((id) => name("intents", id)).join("、") || all.none}
      </Part>
      <Where article={article} />
    </article>
  );
}

function Where({ article }: { article: Article }) {
  const said = useWords(words);
  const all = useWords(common);
  const language = useLanguage();
  const shops = useMe().shops.filter(({ id }) => article.shops.includes(id));
  const { validFrom, validTo } = article;
  const from = validFrom ? day(validFrom, language) : "";
  const to = validTo ? day(validTo, language) : "";
  return (
    <>
      <Part title={said.products}>{article.products.join("、") || all.all}</Part>
      <Part title={said.shops}>{shops.map((shop) => shop.name).join("、") || all.all}</Part>
      <Part title={said.valid}>{from || to ? `${from} – ${to}` : said.always}</Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="know-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Retire({ id }: { id: string }) {
  const said = useWords(words);
  const go = useGo();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const retire = async () => {
    try {
      await retireArticle(id);
      go({ room: "knowledge" });
      void message.success(said.retired);
      await client.invalidateQueries({ queryKey: ["knowledge"] });
    } catch (error) {
      void message.error(wordsOf(error));
    }
  };
  return (
    <Button onClick={() => void modal.confirm({ title: said.retireAsk, okText: said.retire, onOk: retire })}>
      {said.retire}
    </Button>
  );
}
