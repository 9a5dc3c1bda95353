import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import type { Strategy, StrategyVersion } from "@/api/shapes";

/** The rules of one shop, or of all where `shop` is empty. */
export function strategyAsk(shop: string) {
  return queryOptions({
    queryKey: ["strategy", shop],
    queryFn: () => ask(api.GET("/api/strategy", { params: { query: shop ? { shop } : {} } })),
  });
}

export function keepStrategy(shop: string, body: Strategy): Promise<StrategyVersion> {
  return ask(api.PUT("/api/strategy", { params: { query: shop ? { shop } : {} }, body }));
}
