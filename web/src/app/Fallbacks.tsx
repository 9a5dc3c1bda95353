import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button, Result, Skeleton } from "antd";
import { wordsOf } from "@/api/problem";
import { common } from "@/kit/common";
import { useWords } from "@/kit/words";
import { words } from "./words";

/** Keeps the layout while a page loads. */
export function Opening() {
  return (
    <div className="page" aria-busy="true">
      <Skeleton active paragraph={{ rows: 8 }} title={{ width: 160 }} />
    </div>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const said = useWords(common);
  return (
    <Result
      status="warning"
      title={said.pageBroke}
      subTitle={wordsOf(error)}
      extra={[
        <Button key="again" type="primary" onClick={reset}>
          {said.retry}
        </Button>,
        <Button key="reload" onClick={() => location.reload()}>
          {said.reload}
        </Button>,
      ]}
    />
  );
}

export function Missing() {
  const said = useWords(words);
  return (
    <Result
      status="info"
      title={said.noPage}
      subTitle={said.noPageHint}
      extra={<a href="/">{said.home}</a>}
    />
  );
}
