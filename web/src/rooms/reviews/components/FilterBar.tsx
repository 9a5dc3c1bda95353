import { FilterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { taxonomyAsk, useMe } from "@/api/asks";
import { platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { platformsAsk, productsAsk } from "../queries";
import { addDays, NO_PRODUCT, type Part, PERIODS, periodOf, whichOf } from "../question";
import { SENTIMENTS, VERDICTS } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";

export function PeriodChoice() {
  const said = useWords(words);
  const { question, today, ask } = useQuestion();
  const period = periodOf(question);
  const become = (next: string) => {
    const own = next === "custom";
    ask({
      period: next,
      from: own ? addDays(today, -29) : undefined,
      to: own ? today : undefined,
      day: undefined,
    });
  };
  return (
    <div className="rev-period">
      <Segmented
        aria-label={said.period}
        value={period}
        options={PERIODS.map((value) => ({ value, label: said.periods[value] }))}
        onChange={become}
      />
      {period === "custom" && (
        <span className="rev-dates">
          {(["from", "to"] as const).map((end) => (
            <Input
              key={end}
              type="date"
              size="small"
              prefix={<span className="faint">{said[end]}</span>}
              aria-label={said[end]}
              max={today}
              value={question[end] ?? ""}
              onChange={({ target }) => ask({ [end]: target.value || undefined })}
            />
          ))}
        </span>
      )}
    </div>
  );
}

interface Choice {
  value: string;
  label: string;
}

function Choose({
  part,
  all,
  title,
  options,
}: {
  part: Part;
  all: string;
  title: string;
  options: Choice[];
}) {
  const { question, ask } = useQuestion();
  return (
    <Select
      className="rev-choose"
      size="small"
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      placeholder={all}
      aria-label={title}
      popupMatchSelectWidth={false}
      value={question[part]}
      options={options}
      onChange={(value?: string) => ask({ [part]: value })}
    />
  );
}

export function FilterBar() {
  const said = useWords(words);
  const language = useLanguage();
  const me = useMe();
  const { question, today } = useQuestion();
  const [open, setOpen] = useState(false);
  const { data: taxonomy } = useQuery(taxonomyAsk);
  const time = whichOf({ period: "all" }, today);
  const platforms = useQuery(platformsAsk(time));
  const products = useQuery(productsAsk({ ...time, order: "count", limit: 200 }));
  const named = (kind: "aspects" | "issues"): Choice[] =>
    Object.entries(taxonomy?.[kind] ?? {}).map(([value, names]) => ({ value, label: names[language] }));
  const listed = (products.data ?? []).map(({ id, name }) => ({
    value: id || NO_PRODUCT,
    label: name || said.noName,
  }));
  return (
    <>
      <Button
        size="small"
        className="rev-filters-open"
        icon={<FilterOutlined />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {said.filters}
      </Button>
      <search className={`rev-filters${open ? " rev-open" : ""}`} aria-label={said.filters}>
        {me.shops.length > 1 && (
          <Choose
            part="shop"
            all={said.allShops}
            title={said.shop}
            options={me.shops.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Choose
          part="platform"
          all={said.allPlatforms}
          title={said.platform}
          options={(platforms.data ?? []).map(({ id }) => ({ value: id, label: platformName(id, language) }))}
        />
        <Choose part="product" all={said.allProducts} title={said.product} options={listed} />
        <Choose
          part="verdict"
          all={said.allVerdicts}
          title={said.verdict}
          options={VERDICTS.map((value) => ({ value, label: said.verdicts[value] }))}
        />
        <Choose part="aspect" all={said.allAspects} title={said.aspect} options={named("aspects")} />
        <Choose
          part="sentiment"
          all={said.allSentiments}
          title={said.allSentiments}
          options={SENTIMENTS.map((value) => ({ value, label: said.sentiments[value] }))}
        />
        <Choose part="issue" all={said.allIssues} title={said.issue} options={named("issues")} />
        <WordsSought key={question.words ?? ""} />
      </search>
    </>
  );
}

/** Asked on Enter and on leaving the field: figures should not run after every letter. */
function WordsSought() {
  const said = useWords(words);
  const { question, ask } = useQuestion();
  const [text, setText] = useState(question.words ?? "");
  const seek = (value: string) => {
    const sought = value.trim();
    if (sought !== (question.words ?? "")) ask({ words: sought || undefined });
  };
  return (
    <Input
      className="rev-words"
      size="small"
      allowClear
      maxLength={100}
      placeholder={said.wordsSought}
      aria-label={said.wordsSought}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        if (target.value === "") seek("");
      }}
      onPressEnter={(event) => {
        if (!event.nativeEvent.isComposing) seek(text);
      }}
      onBlur={() => seek(text)}
    />
  );
}
