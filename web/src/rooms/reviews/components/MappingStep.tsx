import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import { useWords } from "@/kit/words";
import { confirmImport } from "../actions";
import { whole } from "../figures";
import { platformsIn } from "../guess";
import { importWords } from "../importWords";
import type { ReviewImport } from "../shapes";
import { useWhere } from "../useWhere";
import { LooksLike } from "./ShopChoice";

const SAMPLES = 3;

/** Field → column, as the server keeps it; on the screen each column says what it is. */
type Mapping = Record<string, number>;

function fieldAt(mapping: Mapping, column: number): string {
  return Object.entries(mapping).find(([, at]) => at === column)?.[0] ?? "";
}

interface Props {
  one: ReviewImport;
  onBegun: (view: ReviewImport) => void;
  onAgain: () => void;
}

export function MappingStep({ one, onBegun, onAgain }: Props) {
  const said = useWords(importWords);
  const [mapping, setMapping] = useState<Mapping>(one.mapping);
  const [taken, setTaken] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const choose = (column: number, field: string) => {
    const rest = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
    setTaken(field && field in mapping && mapping[field] !== column ? field : "");
    setMapping(Object.fromEntries(field ? [...rest, [field, column]] : rest));
  };
  const begin = async () => {
    setBusy(true);
    setProblem("");
    try {
      onBegun(await confirmImport(one.id, mapping));
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const ready = "text" in mapping || "rating" in mapping;
  const left = one.columns.filter(({ index }) => !fieldAt(mapping, index));
  const { name, platform } = useWhere(one);
  return (
    <>
      <p className="quiet">
        {said.rows(whole(one.total))} · {one.remembered ? said.remembered : said.columnsHint}
      </p>
      <table className="rev-table rev-mapping" aria-label={said.columns}>
        <thead>
          <tr>
            <th scope="col">{said.header}</th>
            <th scope="col">{said.meaning}</th>
            <th scope="col">{said.samples}</th>
          </tr>
        </thead>
        <tbody>
          {one.columns.map((column) => (
            <ColumnRow
              key={column.index}
              column={column}
              field={fieldAt(mapping, column.index)}
              onChoose={(field) => choose(column.index, field)}
            />
          ))}
        </tbody>
      </table>
      <div role="status">
        {taken && <Alert type="info" title={said.taken(said.fields[taken] ?? taken)} className="rev-alert" />}
        {!ready && <Alert type="warning" showIcon title={said.needText} className="rev-alert" />}
        {!("date" in mapping) && <Alert type="info" title={said.noDate} className="rev-alert" />}
        {!("rating" in mapping) && <Alert type="info" title={said.noRating} className="rev-alert" />}
        {left.length > 0 && (
          <p className="quiet">
            {said.notImported(left.map(({ header, index }) => header || said.column(index + 1)).join("、"))}
          </p>
        )}
      </div>
      {problem && <Alert type="error" showIcon title={problem} className="rev-alert" />}
      <LooksLike
        platforms={platformsIn([one.fileName, ...one.columns.map(({ header }) => header)].join("\n"))}
        platform={one.platform}
      />
      <p>
        {said.goesTo} <b>{name}</b> · <b>{platform}</b>
      </p>
      <div className="rev-buttons">
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => void begin()}>
          {said.start(whole(one.total), name)}
        </Button>
        <Button type="text" onClick={onAgain}>
          {said.rechoose}
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  column: ReviewImport["columns"][number];
  field: string;
  onChoose: (field: string) => void;
}

/** One column a line: all of them are seen, however many there are and however narrow the screen. */
function ColumnRow({ column: { index, header, reply, samples }, field, onChoose }: RowProps) {
  const said = useWords(importWords);
  const name = header || said.column(index + 1);
  const fields = [
    { value: "", label: said.skip },
    ...Object.entries(said.fields).map(([value, label]) => ({ value, label })),
  ];
  const shown = samples.filter((sample) => sample.trim()).slice(0, SAMPLES);
  return (
    <tr className={field ? "" : "rev-skipped"}>
      <th scope="row">{name}</th>
      <td>
        <Select
          size="small"
          aria-label={said.means(name)}
          popupMatchSelectWidth={false}
          value={field}
          options={fields}
          onChange={onChoose}
        />
        {reply && !field && <div className="faint">{said.reply}</div>}
      </td>
      <td title={shown.join("\n")}>
        <div>{shown.join(" · ")}</div>
      </td>
    </tr>
  );
}
