import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";

export const PAGE = 100;

export function articlesAsk(kind: string) {
  return infiniteQueryOptions({
    queryKey: ["knowledge", "list", "pages", kind],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/knowledge/articles", { params: { query: { kind, limit: PAGE, offset: pageParam } } }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });
}

export function articleAsk(id: string) {
  return queryOptions({
    queryKey: ["knowledge", "one", id],
    queryFn: () =>
      ask(api.GET("/api/knowledge/articles/{article_id}", { params: { path: { article_id: id } } })),
  });
}
