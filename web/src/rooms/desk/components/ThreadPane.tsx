import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useEffect } from "react";
import { useMe, useMembers } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Conversation } from "@/api/shapes";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { markRead } from "../actions";
import { conversationAsk, threadAsk } from "../queries";
import { words } from "../words";
import { Composer } from "./Composer";
import { Strip } from "./Strip";
import { Thread } from "./Thread";
import { ThreadHead } from "./ThreadHead";

interface Props {
  id: string;
  phone: boolean;
  onPanel: () => void;
}

export function ThreadPane({ id, phone, onPanel }: Props) {
  const said = useWords(words);
  const { data: conversation, error } = useQuery(conversationAsk(id));
  const thread = useQuery(threadAsk(id));
  useReading(conversation);
  if (error && !conversation) {
    return (
      <section className="thread-pane thread-empty">
        <Teach title={wordsOf(error)} />
      </section>
    );
  }
  return (
    <section className="thread-pane" aria-label={said.thread}>
      {conversation ? (
        <ThreadHead conversation={conversation} phone={phone} onPanel={onPanel} />
      ) : (
        <div className="thread-head" />
      )}
      {thread.data && conversation ? (
        <Thread conversation={conversation} said={thread.data} />
      ) : (
        <div className="thread">
          <Skeleton active className="list-skeleton" paragraph={{ rows: 6 }} />
        </div>
      )}
      {conversation && !conversation.closedAt && (
        <Strip conversation={conversation} said={thread.data ?? []} />
      )}
      {conversation && <Foot conversation={conversation} />}
    </section>
  );
}

/** Whoever may answer has read what stands on the screen. */
function useReading(conversation: Conversation | undefined): void {
  const me = useMe();
  const client = useQueryClient();
  const { id, unread, seq, assigneeId } = conversation ?? { id: "", unread: 0, seq: 0, assigneeId: null };
  const mine = assigneeId === null || assigneeId === me.id;
  useEffect(() => {
    if (!id || unread === 0 || !mine) return;
    const mark = () => {
      if (document.visibilityState !== "visible") return;
      markRead(id, seq).then(
        () => client.setQueryData(conversationAsk(id).queryKey, (now) => now && { ...now, unread: 0 }),
        () => undefined,
      );
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [id, unread, seq, mine, client]);
}

function Foot({ conversation }: { conversation: Conversation }) {
  const said = useWords(words);
  const me = useMe();
  const members = useMembers();
  const { assigneeId, closedAt } = conversation;
  if (closedAt) return <p className="composer-closed quiet">{said.closedNow}</p>;
  const other = assigneeId !== null && assigneeId !== me.id;
  const hint = other ? said.colleagueHolds(members.get(assigneeId)?.name ?? said.colleague) : "";
  return <Composer conversation={conversation} onlyNotes={other} hint={hint} />;
}
