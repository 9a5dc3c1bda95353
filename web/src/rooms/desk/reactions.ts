import type { QueryClient } from "@tanstack/react-query";
import type { Happened } from "@/api/feed";
import type { Reactions } from "@/api/reactions";
import type { Conversation, ConversationList, Message } from "@/api/shapes";
import { alertOf } from "./alerts";
import { arrived } from "./outbox";
import { conversationAsk, suggestionsAsk, threadAsk } from "./queries";
import { leavesHole, merge } from "./thread";

const LISTS = ["conversations", "list"];
const SOON = 700;
let waiting = 0;

/** Lists are asked again at most about once a second, however busy the shop is. */
function askListsSoon(shown: QueryClient): void {
  if (waiting) return;
  waiting = window.setTimeout(() => {
    waiting = 0;
    void shown.invalidateQueries({ queryKey: LISTS });
  }, SOON);
}

function showConversation(shown: QueryClient, conversation: Conversation): void {
  shown.setQueryData(conversationAsk(conversation.id).queryKey, (before) => ({ ...before, ...conversation }));
  shown.setQueriesData<ConversationList>({ queryKey: LISTS }, (list) => {
    if (!list?.conversations.some(({ id }) => id === conversation.id)) return list;
    const conversations = list.conversations.map((one) =>
      one.id === conversation.id ? { ...one, ...conversation } : one,
    );
    return { ...list, conversations };
  });
}

function showMessage(shown: QueryClient, message: Message): void {
  const asked = threadAsk(message.conversationId);
  const known = shown.getQueryData(asked.queryKey);
  if (!known) return;
  if (leavesHole(known, message)) {
    void shown.invalidateQueries({ queryKey: asked.queryKey });
    return;
  }
  shown.setQueryData(asked.queryKey, merge(known, [message]));
  if (message.clientId) arrived(new Set([message.clientId]));
}

function show(event: Happened, shown: QueryClient): void {
  if (event.message) showMessage(shown, event.message);
  if (event.conversation) showConversation(shown, event.conversation);
  askListsSoon(shown);
}

function showAndAlert(event: Happened, shown: QueryClient): void {
  show(event, shown);
  alertOf(event);
}

export const reactions: Reactions = {
  "conversation.opened": show,
  "consumer.spoke": showAndAlert,
  "reply.posted": show,
  "note.written": show,
  "message.understood": show,
  "reading.corrected": show,
  "message.read": show,
  "conversation.handed_over": showAndAlert,
  "conversation.assigned": showAndAlert,
  "conversation.released": show,
  "conversation.closed": showAndAlert,
  "suggestions.offered": (event, shown) => {
    if (!event.conversationId) return;
    const asked = suggestionsAsk(event.conversationId);
    if (event.suggestions) shown.setQueryData(asked.queryKey, event.suggestions);
    else void shown.invalidateQueries({ queryKey: asked.queryKey });
  },
  "delivery.changed": (event, shown) => {
    if (!event.conversationId) return;
    const delivery = String(event.state);
    shown.setQueryData(threadAsk(event.conversationId).queryKey, (said) =>
      said?.map((message) => (message.id === event.messageId ? { ...message, delivery } : message)),
    );
  },
  "order.changed": (_, shown) => void shown.invalidateQueries({ queryKey: ["orders"] }),
  "parcel.moved": (_, shown) => void shown.invalidateQueries({ queryKey: ["orders"] }),
};
