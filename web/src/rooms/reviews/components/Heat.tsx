import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type CSSProperties, useState } from "react";
import { useNames } from "@/api/asks";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { signed, whole } from "../figures";
import { howWords } from "../howWords";
import { aspectsAsk } from "../queries";
import { holds, whichOf, without } from "../question";
import { type Cell, SENTIMENTS, type Sentiment } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";

const FIRST = 9;

interface Row {
  aspect: string;
  total: number;
  cells: Partial<Record<Sentiment, Cell>>;
}

function rowsOf(cells: Cell[]): Row[] {
  const rows = new Map<string, Row>();
  for (const cell of cells) {
    const row = rows.get(cell.aspect) ?? { aspect: cell.aspect, total: 0, cells: {} };
    row.total += cell.count;
    row.cells[cell.sentiment as Sentiment] = cell;
    rows.set(cell.aspect, row);
  }
  return [...rows.values()].sort((a, b) => b.total - a.total);
}

/** A heat map that is a table: figures in the cells, so it reads aloud and works by keyboard as it stands. */
export function Heat() {
  const said = useWords(words);
  const how = useWords(howWords);
  const name = useNames();
  const { question, today, toggle } = useQuestion();
  const [all, setAll] = useState(false);
  const asked = useQuery(aspectsAsk(whichOf(without(question, "aspect", "sentiment", "phrase"), today)));
  return (
    <Panel title={said.heat} how={how.heat} asked={asked} rows={9} machine>
      {(cells) => {
        const rows = rowsOf(cells);
        if (rows.length === 0) return <Teach title={said.noneFound}>{said.noneFoundHint}</Teach>;
        const most = Math.max(...cells.map(({ count }) => count));
        const shown = all ? rows : rows.slice(0, FIRST);
        return (
          <>
            <div className="rev-scroll">
              <table className="rev-heat">
                <thead>
                  <tr>
                    <th scope="col">{said.aspect}</th>
                    {SENTIMENTS.map((sentiment) => (
                      <th key={sentiment} scope="col">
                        {said.sentiments[sentiment]}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row) => (
                    <tr key={row.aspect}>
                      <th scope="row">
                        <button
                          type="button"
                          className="plain rev-heat-name"
                          aria-pressed={question.aspect === row.aspect && !question.sentiment}
                          onClick={() =>
                            toggle({ aspect: row.aspect, sentiment: undefined, phrase: undefined })
                          }
                        >
                          {name("aspects", row.aspect)}
                        </button>
                      </th>
                      {SENTIMENTS.map((sentiment) => (
                        <td key={sentiment}>
                          <HeatCell row={row} sentiment={sentiment} most={most} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {rows.length > FIRST && (
              <Button size="small" type="link" onClick={() => setAll(!all)} aria-expanded={all}>
                {all ? said.fewer : said.moreAspects(rows.length - FIRST)}
              </Button>
            )}
          </>
        );
      }}
    </Panel>
  );
}

function HeatCell({ row, sentiment, most }: { row: Row; sentiment: Sentiment; most: number }) {
  const said = useWords(words);
  const name = useNames();
  const { question, toggle } = useQuestion();
  const cell = row.cells[sentiment];
  if (!cell) return <span className="rev-cell rev-cell-none faint">0</span>;
  const change = { aspect: row.aspect, sentiment, phrase: undefined };
  const more = cell.before === null ? 0 : cell.count - cell.before;
  const label = `${name("aspects", row.aspect)} ${said.sentiments[sentiment]} ${whole(cell.count)}`;
  // The eye reads area better than shade: the root spreads small figures apart.
  const heat = `${Math.round(8 + 52 * Math.sqrt(cell.count / most))}%`;
  return (
    <button
      type="button"
      className={`plain rev-cell rev-cell-${sentiment}`}
      style={{ "--heat": heat } as CSSProperties}
      aria-pressed={holds(question, change)}
      aria-label={label}
      onClick={() => toggle(change)}
    >
      {whole(cell.count)}
      {more !== 0 && cell.before ? <small>{signed(more)}</small> : null}
    </button>
  );
}
