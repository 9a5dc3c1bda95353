import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { taxonomyAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Article, ArticleWords } from "@/api/shapes";
import { common } from "@/kit/common";
import { GrowingArea } from "@/kit/GrowingArea";
import { useLanguage, useWords } from "@/kit/words";
import { showKept, writeArticle } from "../actions";
import { words } from "../words";

interface Filled {
  kind: "article" | "script";
  title: string;
  questions: string;
  body: string;
  reply: string;
  intents: string[];
  products: string[];
  shops: string[];
}

function linesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

function filledFrom(article: Article | null): Filled {
  if (!article) {
    return {
      kind: "article",
      title: "",
      questions: "",
      body: "",
      reply: "",
      intents: [],
      products: [],
      shops: [],
    };
  }
  const { kind, title, questions, body, reply, intents, products, shops } = article;
  return { kind, title, questions: questions.join("\n"), body, reply, intents, products, shops };
}

export function ArticleForm({
  article,
  onDone,
}: {
  article: Article | null;
  onDone: (kept?: Article) => void;
}) {
  const said = useWords(words);
  const all = useWords(common);
  const language = useLanguage();
  const me = useMe();
  const client = useQueryClient();
  const { data: taxonomy } = useQuery(taxonomyAsk);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (filled: Filled) => {
    setBusy(true);
    setProblem("");
    const { facts = {}, validFrom = null, validTo = null, category = "" } = article ?? {};
    const body: ArticleWords = {
      ...filled,
      questions: linesOf(filled.questions),
      facts: facts as ArticleWords["facts"],
      validFrom,
      validTo,
      category,
    };
    try {
      const kept = await writeArticle(article?.id ?? null, body);
      showKept(client, kept);
      onDone(kept);
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const needed = [{ required: true, whitespace: true, message: said.needed }];
  const intents = Object.entries(taxonomy?.intents ?? {}).map(([value, names]) => ({
    value,
    label: names[language],
  }));
  return (
    <Form<Filled>
      layout="vertical"
      requiredMark={false}
      className="know-form"
      initialValues={filledFrom(article)}
      onFinish={(filled) => void save(filled)}
    >
      <Form.Item name="kind" label={said.kind}>
        <Segmented options={["article", "script"].map((value) => ({ value, label: said.kinds[value] }))} />
      </Form.Item>
      <Form.Item name="title" label={said.name} rules={needed}>
        <Input maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item name="questions" label={said.questions} extra={said.questionsHint}>
        <GrowingArea least={3} most={12} />
      </Form.Item>
      <Form.Item name="reply" label={said.reply} rules={needed}>
        <GrowingArea least={3} most={12} maxLength={4000} />
      </Form.Item>
      <Form.Item name="body" label={said.body} extra={said.bodyHint}>
        <GrowingArea least={4} most={20} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="intents" label={said.intents}>
        <Select mode="multiple" options={intents} optionFilterProp="label" />
      </Form.Item>
      <Form.Item name="products" label={said.products} extra={said.productsHint}>
        <Select mode="tags" open={false} tokenSeparators={[",", "，", " "]} />
      </Form.Item>
      <Form.Item name="shops" label={said.shops} extra={said.shopsHint}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={me.shops.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {problem && <Alert type="error" title={problem} showIcon className="know-problem" />}
      <div className="know-title">
        <Button type="primary" htmlType="submit" loading={busy}>
          {all.save}
        </Button>
        <Button onClick={() => onDone()}>{all.cancel}</Button>
      </div>
    </Form>
  );
}
