import { expect, test } from "vitest";
import { isShop, knownShops } from "./shops";

/** A house that answers these paths, and 404 to all others. */
const house = (paths: Record<string, unknown>) =>
  (async (path: string) => ({
    ok: path in paths,
    status: path in paths ? 200 : 404,
    json: async () => paths[path],
  })) as unknown as typeof fetch;

test("a shop that is none is told from one, and from a house that does not answer", async () => {
  const open = house({ "/api/widget/tmall/look": { shop: "岚里天猫店" } });
  expect(await isShop("tmall", open)).toBe(true);
  expect(await isShop("nosuch", open)).toBe(false);
  expect(await isShop("tmall", (() => Promise.reject(new TypeError("offline"))) as typeof fetch)).toBe(true);
});

test("a member is shown their own shops", async () => {
  const shops = [{ id: "s1", name: "山里小店" }];
  expect(await knownShops(house({ "/api/me": { shops } }))).toEqual(shops);
});

test("in the demo everybody is shown its shops, each once; elsewhere a stranger is shown none", async () => {
  const demo = house({
    "/api/demo/buyers": [{ shop: "tmall" }, { shop: "jd" }, { shop: "tmall" }],
    "/api/widget/tmall/look": { shop: "岚里天猫店" },
  });
  expect(await knownShops(demo)).toEqual([
    { id: "tmall", name: "岚里天猫店" },
    { id: "jd", name: "jd" },
  ]);
  expect(await knownShops(house({}))).toEqual([]);
});
