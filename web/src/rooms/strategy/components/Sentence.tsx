import { Select, Slider, Switch } from "antd";
import { type ReactNode, useId } from "react";
import { useNames } from "@/api/asks";
import type { Taxonomy } from "@/api/shapes";
import { percent } from "@/kit/format";
import { useWords } from "@/kit/words";
import { degree } from "../rules";
import { words } from "../words";

/** One rule that is on or off. */
export function Sentence({
  on,
  onChange,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="sentence">
      <Switch size="small" checked={on} aria-labelledby={id} onChange={onChange} />
      <span id={id}>{children}</span>
    </div>
  );
}

/** One rule with a threshold, said in words, with its figure. */
export function Threshold(props: {
  label: string;
  value: number;
  asDegree?: boolean;
  onChange: (value: number) => void;
}) {
  const said = useWords(words);
  const shown = props.asDegree
    ? `${said.degree[degree(props.value)]} · ${percent(props.value)}`
    : percent(props.value);
  return (
    <div className="sentence sentence-slider">
      <span>{props.label}</span>
      <Slider
        min={0}
        max={100}
        step={5}
        value={Math.round(props.value * 100)}
        ariaLabelForHandle={props.label}
        tooltip={{ formatter: null }}
        onChange={(value) => props.onChange(value / 100)}
      />
      <b className="sentence-figure">{shown}</b>
    </div>
  );
}

/** One rule over a list of ids of the taxonomy. */
export function Choice(props: {
  label: string;
  kind: keyof Taxonomy;
  all: string[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const name = useNames();
  const said = useWords(words);
  return (
    <div className="sentence sentence-choice">
      <span>{props.label}</span>
      <Select
        mode="multiple"
        value={props.chosen}
        aria-label={props.label}
        placeholder={said.none}
        optionFilterProp="label"
        options={props.all.map((value) => ({ value, label: name(props.kind, value) }))}
        onChange={props.onChange}
      />
    </div>
  );
}
