import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";

export const PAGE = 50;

export function consumersAsk(q: string) {
  return infiniteQueryOptions({
    queryKey: ["consumers", "list", q],
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/consumers", { params: { query: { q, limit: PAGE, offset: pageParam } } })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });
}
