import { expect, test } from "vitest";
import { contrast, inkOn, readableOn } from "../../colours";
import { orderIn, orderWords, pieces, yuan } from "./words";

const links = (text: string) => pieces(text, "copilot").flatMap(({ href }) => href ?? []);

test("what a consumer writes is never a link", () => {
  expect(pieces("看 https://evil.example/a", "consumer")).toEqual([
    { at: 0, text: "看 https://evil.example/a", href: null },
  ]);
});

test.each([
  ["退货入口：https://shop.example/return?id=1，点开即可。", ["https://shop.example/return?id=1"]],
  ["（https://shop.example/a）", ["https://shop.example/a"]],
  ["见 https://shop.example.", ["https://shop.example"]],
  ["http://shop.example javascript:alert(1) //x.example", []],
  ["https://аpple.example/", []],
])("in our own words only https opens: %s", (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test("the pieces are the whole text", () => {
  const text = "a https://x.example/1。b https://y.example c";
  expect(
    pieces(text, "agent")
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("an order's card is known by its words", () => {
  expect(orderIn(orderWords("20261108841"))).toBe("20261108841");
  expect(orderIn("订单号 1 怎么还没到")).toBeNull();
  expect([yuan(9900), yuan(9950)]).toEqual(["99", "99.50"]);
});

test.each(["#ff5000", "#ffe600", "#0e7490", "#000000", "#ffffff", "#7f7f7f"])(
  "%s stays readable",
  (colour) => {
    expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
    for (const ground of ["#ffffff", "#1b1d21"]) {
      expect(contrast(readableOn(colour, ground), ground)).toBeGreaterThanOrEqual(4.5);
    }
  },
);
