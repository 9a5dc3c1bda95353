import { Alert, Button, Popconfirm, Progress } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import { useWords } from "@/kit/words";
import { confirmImport, undoImport } from "../actions";
import { whole } from "../figures";
import { importWords } from "../importWords";
import { badRowsAt } from "../queries";
import type { ReviewImport } from "../shapes";
import { useWhere } from "../useWhere";

interface Props {
  one: ReviewImport;
  onBegun: (view: ReviewImport) => void;
  onMore: () => void;
  onSee: () => void;
}

export function ProgressStep({ one, onBegun, onMore, onSee }: Props) {
  const said = useWords(importWords);
  const [problem, setProblem] = useState("");
  const running = one.state === "running";
  const failed = one.state === "failed";
  const share = one.total ? Math.floor((100 * one.done) / one.total) : 100;
  const { name, platform } = useWhere(one);
  const undone = one.state === "undoing" || one.state === "undone";
  const heading = {
    running: said.running,
    failed: said.failed,
    undoing: said.undoing,
    undone: said.undone,
  }[one.state];
  const act = async (doing: Promise<ReviewImport>) => {
    setProblem("");
    try {
      onBegun(await doing);
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <div className="rev-progress">
      <div role="status">
        <h3>{heading ?? said.finished}</h3>
        <p className="quiet">
          {name} · {platform}
        </p>
        {one.state === "undone" && <p>{said.undoneHint(whole(one.added))}</p>}
      </div>
      <Progress
        percent={share}
        strokeColor="var(--accent)"
        status={running ? "active" : failed ? "exception" : "normal"}
        aria-label={said.progress(whole(one.done), whole(one.total))}
      />
      <p className="quiet">
        {said.progress(whole(one.done), whole(one.total))}
        {running && ` · ${said.runningHint}`}
      </p>
      <dl className="rev-result">
        <div>
          <dt>{said.added}</dt>
          <dd>{whole(one.added)}</dd>
        </div>
        <div>
          <dt>{said.duplicates}</dt>
          <dd>{whole(one.duplicates)}</dd>
          <dd className="faint">{said.duplicatesHint}</dd>
        </div>
        <div>
          <dt>{said.bad}</dt>
          <dd>{whole(one.bad)}</dd>
          {one.bad > 0 && !undone && <dd className="faint">{said.badHint}</dd>}
        </div>
      </dl>
      {one.error && <Alert type="error" showIcon title={one.error} className="rev-alert" />}
      {problem && <Alert type="error" showIcon title={problem} className="rev-alert" />}
      <div className="rev-buttons">
        {failed && (
          <Button type="primary" onClick={() => void act(confirmImport(one.id, one.mapping))}>
            {said.goOn}
          </Button>
        )}
        {one.state === "finished" && (
          <Button type="primary" onClick={onSee}>
            {said.seeThem}
          </Button>
        )}
        {one.state === "finished" && one.bad > 0 && (
          <>
            <Button href={badRowsAt(one.id, "xlsx")} download>
              {said.downloadXlsx}
            </Button>
            <Button href={badRowsAt(one.id, "csv")} download type="text">
              {said.downloadCsv}
            </Button>
          </>
        )}
        {!undone && one.added > 0 && (
          <Popconfirm
            title={said.undoAsk(whole(one.added), name)}
            description={said.undoHint}
            okText={said.undo}
            okButtonProps={{ danger: true }}
            onConfirm={() => act(undoImport(one.id))}
          >
            <Button type="text" danger>
              {said.undo}
            </Button>
          </Popconfirm>
        )}
        {!running && (
          <Button type="text" onClick={onMore}>
            {said.more}
          </Button>
        )}
      </div>
    </div>
  );
}
