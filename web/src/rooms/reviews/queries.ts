import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import type { Which } from "./question";

const keep = { placeholderData: keepPreviousData };

export function totalsAsk(query: Which) {
  return queryOptions({
    queryKey: ["reviews", "figures", "totals", query],
    queryFn: () => ask(api.GET("/api/reviews/totals", { params: { query } })),
    ...keep,
  });
}

export function trendAsk(query: Which & { step: "day" | "week" }) {
  return queryOptions({
    queryKey: ["reviews", "figures", "trend", query],
    queryFn: () => ask(api.GET("/api/reviews/trend", { params: { query } })),
    ...keep,
  });
}

export function platformsAsk(query: Which) {
  return queryOptions({
    queryKey: ["reviews", "figures", "platforms", query],
    queryFn: () => ask(api.GET("/api/reviews/platforms", { params: { query } })),
    ...keep,
  });
}

export type ProductOrder = "falling" | "count" | "bad";

export function productsAsk(query: Which & { order: ProductOrder; limit?: number }) {
  return queryOptions({
    queryKey: ["reviews", "figures", "products", query],
    queryFn: () => ask(api.GET("/api/reviews/products", { params: { query } })),
    ...keep,
  });
}

export function aspectsAsk(query: Which) {
  return queryOptions({
    queryKey: ["reviews", "figures", "aspects", query],
    queryFn: () => ask(api.GET("/api/reviews/aspects", { params: { query } })),
    ...keep,
  });
}

export function voicesAsk(query: Which) {
  return queryOptions({
    queryKey: ["reviews", "figures", "voices", query],
    queryFn: () => ask(api.GET("/api/reviews/voices", { params: { query: { ...query, clauses: 5 } } })),
    ...keep,
  });
}

export function issuesAsk(query: Which) {
  return queryOptions({
    queryKey: ["reviews", "figures", "issues", query],
    queryFn: () => ask(api.GET("/api/reviews/issues", { params: { query } })),
    ...keep,
  });
}

const PAGE = 50;
export const LISTS = ["reviews", "list"];

export function listAsk(query: Which) {
  return infiniteQueryOptions({
    queryKey: [...LISTS, query],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/reviews", {
          params: { query: { ...query, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    // New reviews wait behind a bar: the list does not move under the hand.
    staleTime: Number.POSITIVE_INFINITY,
    ...keep,
  });
}

export const importsAsk = queryOptions({
  queryKey: ["reviews", "imports"],
  queryFn: () => ask(api.GET("/api/reviews/imports")),
});

const atWork = (state: string | undefined) => state === "running" || state === "undoing";

export function importAsk(id: string) {
  return queryOptions({
    queryKey: ["reviews", "import", id],
    queryFn: () => ask(api.GET("/api/reviews/imports/{import_id}", { params: { path: { import_id: id } } })),
    // The feed tells of progress; this is for when it is down.
    refetchInterval: ({ state }) => (atWork(state.data?.state) ? 3_000 : false),
  });
}

export function badRowsAt(id: string, form: "xlsx" | "csv"): string {
  return `/api/reviews/imports/${id}/bad-rows?form=${form}`;
}
