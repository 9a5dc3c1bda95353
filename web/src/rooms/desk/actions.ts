import type { QueryClient } from "@tanstack/react-query";
import { api, ask, askRaw } from "@/api/client";
import { wordsOf } from "@/api/problem";
import type { Attachment, Consumer } from "@/api/shapes";
import { changePending, type Pending, putOut } from "./outbox";
import { askMessages, threadAsk, threadKey } from "./queries";
import { merge } from "./thread";

const at = (id: string) => ({ params: { path: { conversation_id: id } } });

/** Show the words at once and send them; the same `clientId` twice is one message. */
export async function send(client: QueryClient, pending: Pending): Promise<void> {
  const { conversationId, clientId, text } = pending;
  putOut({ ...pending, state: "sending", problem: "" });
  try {
    if (pending.kind === "note") {
      const body = { text, clientId };
      await ask(api.POST("/api/conversations/{conversation_id}/notes", { ...at(conversationId), body }));
    } else {
      const attachments = pending.attachments.map(({ id }) => id);
      const body = { text, clientId, attachments, suggestionId: pending.suggestionId };
      await ask(api.POST("/api/conversations/{conversation_id}/replies", { ...at(conversationId), body }));
    }
    changePending(clientId, { state: "sent" });
    // The feed brings the message; without a feed we fetch it.
    window.setTimeout(() => void client.invalidateQueries({ queryKey: threadKey(conversationId) }), 1_500);
  } catch (error) {
    changePending(clientId, { state: "failed", problem: wordsOf(error) });
  }
}

export async function take(id: string): Promise<void> {
  await ask(api.POST("/api/conversations/{conversation_id}/take", at(id)));
}

/** `keepalive`: the request outlives the page. */
export async function release(id: string, to: "ai" | "waiting", keepalive = false): Promise<void> {
  const body = { to };
  await ask(api.POST("/api/conversations/{conversation_id}/release", { ...at(id), body, keepalive }));
}

export async function close(id: string, keepalive = false): Promise<void> {
  await ask(api.POST("/api/conversations/{conversation_id}/close", { ...at(id), keepalive }));
}

export async function markRead(id: string, seq: number): Promise<void> {
  await ask(api.POST("/api/conversations/{conversation_id}/read", { ...at(id), body: { seq } }));
}

export async function describe(
  consumerId: string,
  change: { remark?: string; tags?: string[] },
): Promise<Consumer> {
  const path = { consumer_id: consumerId };
  return ask(api.PATCH("/api/consumers/{consumer_id}", { params: { path }, body: change }));
}

/** Say what a message really means; the feed brings it back to every screen. */
export async function putRight(
  messageId: string,
  truth: { emotion?: string; intent?: string; issues?: string[] },
): Promise<void> {
  const path = { message_id: messageId };
  await ask(api.PUT("/api/messages/{message_id}/correction", { params: { path }, body: truth }));
}

export function upload(conversationId: string, file: File): Promise<Attachment> {
  const form = new FormData();
  form.set("file", file);
  return askRaw("POST", `/api/conversations/${encodeURIComponent(conversationId)}/files`, form);
}

/** Page back; says whether there is more. */
export async function loadOlder(client: QueryClient, conversationId: string): Promise<void> {
  const known = client.getQueryData(threadAsk(conversationId).queryKey);
  const first = known?.[0];
  if (!first || first.seq <= 1) return;
  const older = await askMessages(conversationId, { before: first.seq, limit: 100 });
  client.setQueryData(threadAsk(conversationId).queryKey, (now = []) => merge(older, now));
}
