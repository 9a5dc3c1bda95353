import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Language, useLanguage } from "@/kit/words";
import { api, ask, keepCsrf } from "./client";
import type { Colleague, Me, Shop, Taxonomy } from "./shapes";

/** Questions that more than one room asks. */
export const meAsk = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me> => {
    const me = await ask(api.GET("/api/me"));
    keepCsrf(me.csrf);
    return me;
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const membersAsk = queryOptions({
  queryKey: ["members"],
  queryFn: () => ask(api.GET("/api/members")),
  staleTime: 300_000,
});

export const taxonomyAsk = queryOptions({
  queryKey: ["taxonomy"],
  queryFn: () => ask(api.GET("/api/taxonomy")),
  staleTime: Number.POSITIVE_INFINITY,
});

export function consumerAsk(id: string) {
  return queryOptions({
    queryKey: ["consumers", "one", id],
    queryFn: () => ask(api.GET("/api/consumers/{consumer_id}", { params: { path: { consumer_id: id } } })),
  });
}

export function ordersAsk(consumerId: string) {
  return queryOptions({
    queryKey: ["orders", consumerId],
    queryFn: () =>
      ask(api.GET("/api/consumers/{consumer_id}/orders", { params: { path: { consumer_id: consumerId } } })),
  });
}

export function historyAsk(consumerId: string) {
  return queryOptions({
    queryKey: ["history", consumerId],
    queryFn: () =>
      ask(
        api.GET("/api/consumers/{consumer_id}/conversations", {
          params: { path: { consumer_id: consumerId } },
        }),
      ),
  });
}

export function knowledgeAsk(q: string, shop?: string) {
  return queryOptions({
    queryKey: ["knowledge", "search", q, shop ?? ""],
    queryFn: () => ask(api.GET("/api/knowledge/search", { params: { query: shop ? { q, shop } : { q } } })),
    enabled: q.trim().length > 0,
    staleTime: 30_000,
  });
}

export function useMe(): Me {
  const { data } = useQuery(meAsk);
  if (!data) throw new Error("asked for me before sign-in");
  return data;
}

export function useShop(id: string): Shop | undefined {
  return useMe().shops.find((shop) => shop.id === id);
}

export function useMembers(): Map<string, Colleague> {
  const { data } = useQuery(membersAsk);
  return useMemo(() => new Map((data ?? []).map((member) => [member.id, member])), [data]);
}

type Kind = keyof Taxonomy;

export function nameIn(taxonomy: Taxonomy | undefined, kind: Kind, id: string, language: Language): string {
  return taxonomy?.[kind]?.[id]?.[language] ?? id;
}

/** Names of what the machine recognises: `name("intents", "track_parcel")`. */
export function useNames(): (kind: Kind, id: string) => string {
  const { data } = useQuery(taxonomyAsk);
  const language = useLanguage();
  return useMemo(() => (kind: Kind, id: string) => nameIn(data, kind, id, language), [data, language]);
}
