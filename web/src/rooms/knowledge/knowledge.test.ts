import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { Article } from "@/api/shapes";
import { showKept } from "./actions";

const kept: Article = {
  id: "a1",
  kind: "article",
  title: "退货",
  questions: [],
  body: "15天内可退。",
  reply: "30天内可退。",
  intents: [],
  products: [],
  shops: [],
  category: "",
  facts: { flange_mm: [21, 24] },
  validFrom: null,
  validTo: null,
  version: 2,
  looseFigures: ["30"],
};

test("what was kept is shown at once, though the list can never be read", () => {
  const client = new QueryClient();
  client.setQueryData(["knowledge", "one", "a1"], { ...kept, version: 1 });
  client.setQueryDefaults(["knowledge", "list"], { queryFn: () => new Promise(() => {}) });
  client.setQueryData(["knowledge", "list", "pages", ""], { pages: [], pageParams: [] });
  showKept(client, kept);
  expect(client.getQueryData(["knowledge", "one", "a1"])).toEqual(kept);
  expect(client.getQueryState(["knowledge", "list", "pages", ""])?.isInvalidated).toBe(true);
});
