import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";

/** The members as those who manage them see them. */
export const teamAsk = queryOptions({
  queryKey: ["team"],
  queryFn: () => ask(api.GET("/api/team")),
});

/** Asked only when an admin wants to see it. */
export function widgetKeyAsk(shopId: string) {
  return queryOptions({
    queryKey: ["shops", "widget-key", shopId],
    queryFn: () => ask(api.GET("/api/shops/{shop_id}/widget-key", { params: { path: { shop_id: shopId } } })),
    gcTime: 60_000,
  });
}
