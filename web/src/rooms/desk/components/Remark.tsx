import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Tag } from "antd";
import { useEffect, useState } from "react";
import { consumerAsk } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { common } from "@/kit/common";
import { GrowingArea } from "@/kit/GrowingArea";
import { isComposing } from "@/kit/keys";
import { useWords } from "@/kit/words";
import { describe } from "../actions";
import { panelWords } from "../panelWords";
import { Block } from "./ConsumerPanel";

/** What colleagues should know: a remark and tags, kept when the field is left. */
export function Remark({ consumerId }: { consumerId: string }) {
  const said = useWords(panelWords);
  const all = useWords(common);
  const client = useQueryClient();
  const { data: who } = useQuery(consumerAsk(consumerId));
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const kept = who?.remark ?? "";
  useEffect(() => setText(kept), [kept]);
  const save = async (change: { remark?: string; tags?: string[] }) => {
    setState("");
    try {
      client.setQueryData(consumerAsk(consumerId).queryKey, await describe(consumerId, change));
      setState(all.saved);
    } catch (error) {
      setState(`${said.notSaved}：${wordsOf(error)}`);
    }
  };
  if (!who) return null;
  return (
    <Block
      title={`${said.remark} · ${said.tags}`}
      extra={
        <span className="faint" role="status">
          {state}
        </span>
      }
    >
      <GrowingArea
        least={1}
        most={5}
        value={text}
        aria-label={said.remark}
        placeholder={said.remarkHint}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text !== kept && void save({ remark: text })}
      />
      <Tags tags={who.tags} onChange={(tags) => void save({ tags })} />
    </Block>
  );
}

function Tags({ tags, onChange }: { tags: string[]; onChange: (tags: string[]) => void }) {
  const said = useWords(panelWords);
  const [adding, setAdding] = useState(false);
  const add = (text: string) => {
    setAdding(false);
    const tag = text.trim();
    if (tag && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <div className="panel-tags">
      {tags.map((tag) => (
        <Tag key={tag} closable onClose={() => onChange(tags.filter((one) => one !== tag))}>
          {tag}
        </Tag>
      ))}
      {adding ? (
        <Input
          autoFocus
          size="small"
          style={{ width: 90 }}
          aria-label={said.addTag}
          maxLength={20}
          onBlur={({ target }) => add(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !isComposing(event.nativeEvent)) add(event.currentTarget.value);
            if (event.key === "Escape") setAdding(false);
          }}
        />
      ) : (
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {said.addTag}
        </Button>
      )}
    </div>
  );
}
