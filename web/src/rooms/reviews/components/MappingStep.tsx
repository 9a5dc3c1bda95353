import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import { useWords } from "@/kit/words";
import { confirmImport } from "../actions";
import { whole } from "../figures";
import { importWords } from "../importWords";
import type { ReviewImport } from "../shapes";

const SAMPLES = 5;

/** Field → column, as the server keeps it; on the screen each column says what it is. */
type Mapping = Record<string, number>;

function fieldAt(mapping: Mapping, column: number): string {
  return Object.entries(mapping).find(([, at]) => at === column)?.[0] ?? "";
}

export function MappingStep({ one, onBegun }: { one: ReviewImport; onBegun: (view: ReviewImport) => void }) {
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
  const fields = [
    { value: "", label: said.skip },
    ...Object.entries(said.fields).map(([value, label]) => ({ value, label })),
  ];
  const rows = Math.min(SAMPLES, Math.max(0, ...one.columns.map(({ samples }) => samples.length)));
  return (
    <>
      <p className="quiet">
        {said.rows(whole(one.total))} · {one.remembered ? said.remembered : said.columnsHint}
      </p>
      <div className="rev-scroll">
        <table className="rev-table rev-mapping" aria-label={said.columns}>
          <thead>
            <tr>
              {one.columns.map(({ index, header }) => {
                const name = header || said.column(index + 1);
                const field = fieldAt(mapping, index);
                return (
                  <th key={index} scope="col" className={field ? "" : "rev-skipped"}>
                    <span className="rev-cut">{name}</span>
                    <Select
                      size="small"
                      aria-label={said.means(name)}
                      popupMatchSelectWidth={false}
                      value={field}
                      options={fields}
                      onChange={(next) => choose(index, next)}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have nothing but their place
              <tr key={row}>
                {one.columns.map(({ index, samples }) => (
                  <td
                    key={index}
                    className={fieldAt(mapping, index) ? "" : "rev-skipped"}
                    title={samples[row]}
                  >
                    <div>{samples[row]}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div role="status">
        {taken && <Alert type="info" title={said.taken(said.fields[taken] ?? taken)} className="rev-alert" />}
        {!ready && <Alert type="warning" showIcon title={said.needText} className="rev-alert" />}
        {!("date" in mapping) && <Alert type="info" title={said.noDate} className="rev-alert" />}
        {!("rating" in mapping) && <Alert type="info" title={said.noRating} className="rev-alert" />}
      </div>
      {problem && <Alert type="error" showIcon title={problem} className="rev-alert" />}
      <Button type="primary" disabled={!ready} loading={busy} onClick={() => void begin()}>
        {said.start}
      </Button>
    </>
  );
}
