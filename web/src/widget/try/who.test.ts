import { expect, test, vi } from "vitest";
import { type Buyer, buyersOf, draftAbout, pageAs, signed } from "./who";

const ning: Buyer = {
  shop: "tmall",
  userId: "lanli-003",
  name: "阿宁",
  signature: "ab12",
  story: "有一个包裹在路上",
};
const answering = (body: unknown, ok = true) =>
  vi.fn(async () => ({ ok, json: async () => body })) as unknown as typeof fetch;

test("only the shop's own consumers can be chosen", async () => {
  const found = await buyersOf("tmall", answering([ning, { ...ning, shop: "jd", userId: "lanli-150" }]));
  expect(found.map(({ userId }) => userId)).toEqual(["lanli-003"]);
});

test("a house without a demo has nobody to lend, and the page goes on", async () => {
  expect(await buyersOf("tmall", answering({ code: "not_found" }, false))).toEqual([]);
  expect(await buyersOf("tmall", answering("<html>"))).toEqual([]);
  expect(await buyersOf("tmall", vi.fn().mockRejectedValue(new TypeError("offline")))).toEqual([]);
});

test("who was chosen stands in the address and on the widget's script", () => {
  expect(pageAs("tmall", "lanli-003")).toBe("/widget/try?shop=tmall&as=lanli-003");
  expect(pageAs("tmall", null)).toBe("/widget/try?shop=tmall");
  expect(signed(ning)).toEqual({ userId: "lanli-003", userName: "阿宁", userSignature: "ab12" });
});

test("a question about a product names it in a line of its own", () => {
  expect(draftAbout("岚里 低音加热破壁机 1.75L", "声音大不大？")).toBe(
    "咨询商品：岚里 低音加热破壁机 1.75L\n声音大不大？",
  );
});
