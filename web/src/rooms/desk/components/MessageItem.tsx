import Bubble from "@ant-design/x/es/bubble";
import { Image } from "antd";
import { memo } from "react";
import { useMe, useMembers } from "@/api/asks";
import type { Attachment, Conversation, Message } from "@/api/shapes";
import { moment } from "@/kit/format";
import { MachineMark } from "@/kit/Marks";
import { useLanguage, useWords } from "@/kit/words";
import { fate } from "../thread";
import { words } from "../words";
import { Guess } from "./Guess";
import { SourceChip } from "./SourceChip";

interface Props {
  message: Message;
  conversation: Conversation;
  timed: boolean;
  last: boolean;
}

/** One message; who speaks is told by side, colour and word. */
export const MessageItem = memo(function MessageItem({ message, conversation, timed, last }: Props) {
  const language = useLanguage();
  return (
    <div
      className="said"
      id={`said-${message.id}`}
      {...(message.author === "consumer" && { tabIndex: last ? 0 : -1, "data-consumer": message.id })}
    >
      {timed && <p className="said-time faint">{moment(message.saidAt, language)}</p>}
      {message.author === "system" ? (
        <p className="said-system">{message.text}</p>
      ) : (
        <Words message={message} conversation={conversation} last={last} />
      )}
    </div>
  );
});

function Words({ message, conversation, last }: Omit<Props, "timed">) {
  const theirs = message.author === "consumer";
  const kind = theirs ? "consumer" : message.author;
  return (
    <>
      <Bubble
        placement={theirs ? "start" : "end"}
        variant="borderless"
        rootClassName={`bubble bubble-${kind}`}
        header={<Head message={message} />}
        content={<Content text={message.text} attachments={message.attachments} />}
        footer={
          theirs || message.author === "note" ? undefined : (
            <>
              {message.sources?.map((source) => (
                <SourceChip key={source.id} source={source} />
              ))}
              <Fate message={message} conversation={conversation} last={last} />
            </>
          )
        }
      />
      {theirs && <Guess message={message} />}
    </>
  );
}

function Head({ message }: { message: Message }) {
  const said = useWords(words);
  const me = useMe();
  const members = useMembers();
  if (message.author === "consumer") return null;
  if (message.author === "copilot") return <MachineMark />;
  const who =
    message.authorId === me.id ? said.you : (members.get(message.authorId ?? "")?.name ?? said.colleague);
  return (
    <span className="bubble-who">
      {who}
      {message.author === "note" && ` · ${said.note}`}
    </span>
  );
}

export function Content({ text, attachments }: { text: string; attachments: Attachment[] }) {
  const said = useWords(words);
  return (
    <>
      {text && <span className="bubble-text">{text}</span>}
      {attachments.length > 0 && (
        <div className="bubble-pictures">
          <Image.PreviewGroup>
            {attachments.map((one) => (
              <Image
                key={one.id}
                src={`/api/files/${one.id}`}
                alt={said.picture}
                width={Math.min(180, one.width || 180)}
                height={(Math.min(180, one.width || 180) * (one.height || 1)) / (one.width || 1)}
              />
            ))}
          </Image.PreviewGroup>
        </div>
      )}
    </>
  );
}

/** What became of our words; only where it is news: the last ones, and whatever went wrong. */
function Fate({ message, conversation, last }: Omit<Props, "timed">) {
  const said = useWords(words);
  const now = fate(message, conversation.readByConsumer);
  const bad = now === "failed" || now === "unknown";
  if (!last && !bad) return null;
  return <span className={bad ? "fate fate-bad" : "fate"}>{said.fates[now]}</span>;
}
