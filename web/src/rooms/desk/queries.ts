import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import type { Conversation, ConversationList, Message } from "@/api/shapes";
import { refreshed } from "./thread";

export const TABS = ["mine", "waiting", "ai", "open"] as const;
export type Tab = (typeof TABS)[number] | "closed";

const NEWEST = 60;

export function listAsk(tab: Tab, q: string) {
  return queryOptions({
    queryKey: ["conversations", "list", tab, q],
    queryFn: (): Promise<ConversationList> =>
      ask(api.GET("/api/conversations", { params: { query: { tab, q } } })),
    placeholderData: (before) => before,
    // Urgency grows with the clock alone.
    refetchInterval: 20_000,
  });
}

export function conversationAsk(id: string) {
  return queryOptions({
    queryKey: ["conversations", "one", id],
    queryFn: (): Promise<Conversation> =>
      ask(api.GET("/api/conversations/{conversation_id}", { params: { path: { conversation_id: id } } })),
  });
}

export async function askMessages(
  id: string,
  where: { before?: number; after?: number; limit?: number },
): Promise<Message[]> {
  const params = { path: { conversation_id: id }, query: where };
  const said = await ask(api.GET("/api/conversations/{conversation_id}/messages", { params }));
  return said as unknown as Message[];
}

export function threadKey(id: string) {
  return ["messages", id] as const;
}

export function threadAsk(id: string) {
  return queryOptions({
    queryKey: threadKey(id),
    queryFn: async ({ client }: { client: QueryClient }): Promise<Message[]> => {
      const newest = await askMessages(id, { limit: NEWEST });
      return refreshed(client.getQueryData<Message[]>(threadKey(id)) ?? [], newest);
    },
  });
}

export function suggestionsAsk(id: string) {
  return queryOptions({
    queryKey: ["suggestions", id],
    queryFn: () =>
      ask(
        api.GET("/api/conversations/{conversation_id}/suggestions", {
          params: { path: { conversation_id: id } },
        }),
      ),
  });
}

export const scriptsAsk = queryOptions({
  queryKey: ["knowledge", "list", "scripts"],
  queryFn: () =>
    ask(api.GET("/api/knowledge/articles", { params: { query: { kind: "script", limit: 500 } } })),
  staleTime: 300_000,
});

export function articleAsk(id: string) {
  return queryOptions({
    queryKey: ["knowledge", "one", id],
    queryFn: () =>
      ask(api.GET("/api/knowledge/articles/{article_id}", { params: { path: { article_id: id } } })),
    staleTime: 60_000,
  });
}

export function productsAsk(q: string) {
  return queryOptions({
    queryKey: ["products", "search", q],
    queryFn: () => ask(api.GET("/api/products", { params: { query: { q } } })),
    enabled: q.trim() !== "",
    staleTime: 60_000,
  });
}

export function productAsk(code: string) {
  return queryOptions({
    queryKey: ["products", "one", code],
    queryFn: () => ask(api.GET("/api/products/{code}", { params: { path: { code } } })),
    staleTime: 60_000,
  });
}
