import { useQuery } from "@tanstack/react-query";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { rate, signed } from "../figures";
import { howWords } from "../howWords";
import { productsAsk } from "../queries";
import { whichOf, without } from "../question";
import type { Line } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";

const SHOWN = 5;

export function useFalling() {
  const { question, today } = useQuestion();
  const which = whichOf(without(question, "product", "verdict", "handled"), today);
  return useQuery(productsAsk({ ...which, order: "falling", limit: SHOWN }));
}

export function fallen(lines: Line[]): Line[] {
  return lines.filter(({ change }) => change !== null && change < 0);
}

export function Falling() {
  const said = useWords(words);
  const how = useWords(howWords);
  const { question, toggle } = useQuestion();
  return (
    <Panel title={said.falling} how={how.falling} asked={useFalling()} rows={4}>
      {(lines) => {
        const shown = fallen(lines);
        if (lines.length > 0 && lines.every(({ before }) => before === null)) {
          return <Teach title={said.noBefore}>{said.noBeforeHint}</Teach>;
        }
        if (shown.length === 0) return <Teach title={said.noFalling}>{said.noFallingHint}</Teach>;
        return (
          <ol className="rev-falling">
            {shown.map((line) => (
              <li key={line.id}>
                <button
                  type="button"
                  className="plain"
                  aria-pressed={question.product === line.id}
                  onClick={() => toggle({ product: line.id })}
                >
                  <span className="rev-cut">{line.name || said.noName}</span>
                  <span className="faint">{rate(line.before?.goodRate)} →</span>
                  <b>{rate(line.now.goodRate)}</b>
                  <span className="rev-tone-bad">▼ {said.points(signed((line.change ?? 0) * 100, 1))}</span>
                </button>
              </li>
            ))}
          </ol>
        );
      }}
    </Panel>
  );
}
