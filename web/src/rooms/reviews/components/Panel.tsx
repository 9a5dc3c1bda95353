import { InfoCircleOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton, Tooltip } from "antd";
import type { ReactNode } from "react";
import { wordsOf } from "@/api/problem";
import { common } from "@/kit/common";
import { MachineMark } from "@/kit/Marks";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { words } from "../words";

/** ⓘ: how a figure is counted; opens by pointer, finger and keyboard. */
export function How({ of, children }: { of: string; children: ReactNode }) {
  const said = useWords(words);
  return (
    <Tooltip title={<div className="rev-how-text">{children}</div>} trigger={["hover", "focus", "click"]}>
      <button type="button" className="plain rev-how" aria-label={`${of}：${said.how}`}>
        <InfoCircleOutlined />
      </button>
    </Tooltip>
  );
}

interface Props<T> {
  title: string;
  how: ReactNode;
  asked: UseQueryResult<T>;
  /** Height of the skeleton, so that nothing jumps when the figures come. */
  rows: number;
  className?: string;
  /** The figures rest on what the machine read. */
  machine?: boolean;
  extra?: ReactNode;
  children: (data: T) => ReactNode;
}

export function Panel<T>({ title, how, asked, rows, className = "", machine, extra, children }: Props<T>) {
  const said = useWords(words);
  const { data, error, isPlaceholderData } = asked;
  return (
    <section className={`rev-panel ${className}`} aria-label={title} aria-busy={isPlaceholderData || !data}>
      <div className="rev-panel-head">
        <h2>{title}</h2>
        {machine && <MachineMark hint={said.machineRead} />}
        <How of={title}>{how}</How>
        <span className="rev-space" />
        {extra}
      </div>
      {error && !data && <Failed error={error} again={() => void asked.refetch()} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows }} />}
      {data !== undefined && <div className={isPlaceholderData ? "rev-stale" : ""}>{children(data)}</div>}
    </section>
  );
}

export function Failed({ error, again }: { error: unknown; again: () => void }) {
  const all = useWords(common);
  return (
    <Teach title={wordsOf(error)}>
      <Button size="small" onClick={again}>
        {all.retry}
      </Button>
    </Teach>
  );
}
