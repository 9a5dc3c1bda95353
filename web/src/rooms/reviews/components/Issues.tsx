import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { useNames } from "@/api/asks";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { signed, whole } from "../figures";
import { howWords } from "../howWords";
import { issuesAsk } from "../queries";
import { whichOf, without } from "../question";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";

const SHOWN = 8;

export function Issues() {
  const said = useWords(words);
  const how = useWords(howWords);
  const name = useNames();
  const { question, today, toggle } = useQuestion();
  const asked = useQuery(issuesAsk(whichOf(without(question, "issue"), today)));
  return (
    <Panel title={said.issues} how={how.issues} asked={asked} rows={6} machine>
      {(cells) => {
        if (cells.length === 0) return <Teach title={said.noIssues} />;
        const most = cells[0]?.count ?? 1;
        return (
          <ol className="rev-issues">
            {cells
              .filter((cell, at) => at < SHOWN || cell.aspect === question.issue)
              .map(({ aspect: issue, count, before }) => (
                <li key={issue}>
                  <button
                    type="button"
                    className="plain"
                    aria-pressed={question.issue === issue}
                    style={{ "--share": `${(100 * count) / most}%` } as CSSProperties}
                    onClick={() => toggle({ issue })}
                  >
                    <span className="rev-cut">{name("issues", issue)}</span>
                    <b>{whole(count)}</b>
                    <span className="faint rev-more">{before ? signed(count - before) : ""}</span>
                  </button>
                </li>
              ))}
          </ol>
        );
      }}
    </Panel>
  );
}
