import { useQuery } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import type { Source } from "@/api/shapes";
import { useWords } from "@/kit/words";
import { articleAsk } from "../queries";
import { words } from "../words";

/** What the machine's words rest on; an article opens to its text. */
export function SourceChip({ source }: { source: Source }) {
  const said = useWords(words);
  if (source.kind !== "article" && source.kind !== "script") {
    return (
      <span className="chip offer-source" title={source.title}>
        {source.title}
      </span>
    );
  }
  return (
    <Popover trigger="click" placement="topLeft" content={<SourceText id={source.id} />} title={source.title}>
      <Button
        size="small"
        type="text"
        className="chip offer-source"
        aria-label={`${said.sources}: ${source.title}`}
      >
        {source.title}
      </Button>
    </Popover>
  );
}

function SourceText({ id }: { id: string }) {
  const { data } = useQuery(articleAsk(id));
  return <div className="source-text">{data ? data.body : "…"}</div>;
}
