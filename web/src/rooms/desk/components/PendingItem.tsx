import Bubble from "@ant-design/x/es/bubble";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useWords } from "@/kit/words";
import { send } from "../actions";
import { changeDraft, getDraft } from "../drafts";
import { type Pending, takeBack } from "../outbox";
import { words } from "../words";
import { Content } from "./MessageItem";

/** Our words before the server has them: shown at once, sent again with the same id, or taken back. */
export function PendingItem({ pending }: { pending: Pending }) {
  const said = useWords(words);
  const client = useQueryClient();
  const failed = pending.state === "failed";
  const edit = () => {
    const back = takeBack(pending.clientId);
    if (!back) return;
    const { text, noteText, attachments } = getDraft(back.conversationId);
    const joined = (now: string) => (now ? `${back.text}\n${now}` : back.text);
    const change =
      back.kind === "note"
        ? { noteText: joined(noteText), note: true }
        : { text: joined(text), attachments: [...back.attachments, ...attachments], note: false };
    changeDraft(back.conversationId, change);
    if (back.kind === "reply") changeDraft(back.conversationId, { suggestionId: back.suggestionId });
  };
  return (
    <div className="said">
      <Bubble
        placement="end"
        variant="borderless"
        rootClassName={`bubble bubble-${pending.kind === "note" ? "note" : "agent"} ${failed ? "bubble-failed" : "bubble-pending"}`}
        header={<span className="bubble-who">{said.you}</span>}
        content={<Content text={pending.text} attachments={pending.attachments} />}
        footer={
          failed ? (
            <span className="fate fate-bad" role="alert">
              {said.failedSend}
              {pending.problem && `：${pending.problem}`}
              <Button size="small" type="link" onClick={() => void send(client, pending)}>
                {said.again}
              </Button>
              <Button size="small" type="link" onClick={edit}>
                {said.backToEditor}
              </Button>
            </span>
          ) : (
            <span className="fate">{said.fates.sending}</span>
          )
        }
      />
    </div>
  );
}
