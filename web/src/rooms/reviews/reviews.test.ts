import { describe, expect, test } from "vitest";
import { filled, leaps, rate, signed } from "./figures";
import { segments } from "./marking";
import { changed, NO_PRODUCT, questionFrom, spanOf, stepOf, toggled, whichOf } from "./question";
import type { AspectSaid } from "./shapes";

const TODAY = "2025-05-06";
const aspect = (name: string, start: number, end: number): AspectSaid => ({
  aspect: name,
  sentiment: "positive",
  start,
  end,
  text: "",
  phrase: "",
});

describe("the question in the address", () => {
  test("an address without a period asks for thirty days, today included", () => {
    expect(whichOf(questionFrom({}), TODAY)).toEqual({ from: "2025-04-07", to: TODAY });
  });

  test("a figure opens to its reviews, and a second click takes it back", () => {
    const once = toggled({ period: "7d" }, { aspect: "logistics", sentiment: "negative" });
    expect(whichOf(once, TODAY)).toMatchObject({ aspect: "logistics", sentiment: "negative" });
    expect(toggled(once, { aspect: "logistics", sentiment: "negative" })).toEqual({ period: "7d" });
  });

  test("a day of the chart narrows the period; a week has seven days", () => {
    expect(spanOf({ day: "2025-04-30" }, TODAY)).toEqual({ from: "2025-04-30", to: "2025-04-30" });
    expect(spanOf({ day: "2025-04-28w" }, TODAY)).toEqual({ from: "2025-04-28", to: "2025-05-04" });
  });

  test("what a person mistypes in the address is not asked", () => {
    const asked = { period: "soon", verdict: "superb", handled: "perhaps", from: "x", other: "y" };
    expect(whichOf(questionFrom(asked), TODAY)).toEqual({ from: "2025-04-07", to: TODAY });
  });

  test("reviews without a product can be asked for", () => {
    expect(whichOf(changed({ period: "all" }, { product: NO_PRODUCT }), TODAY)).toEqual({ product: "" });
  });

  test("long periods are drawn by weeks", () => {
    expect(stepOf({ from: "2025-04-07" }, TODAY)).toBe("day");
    expect(stepOf({ from: "2024-04-07" }, TODAY)).toBe("week");
    expect(stepOf({}, TODAY)).toBe("week");
  });
});

describe("figures", () => {
  test("days on which nobody wrote keep their place", () => {
    const tally = { count: 1, good: 1 } as never;
    const days = filled([{ day: "2025-05-02", tally }], "day", "2025-05-01", "2025-05-03");
    expect(days.map(({ day, tally: { count } }) => [day, count])).toEqual([
      ["2025-05-01", 0],
      ["2025-05-02", 1],
      ["2025-05-03", 0],
    ]);
  });

  test("a leap of bad reviews is marked, chance is not", () => {
    expect(leaps([2, 1, 2, 2, 9, 2])).toEqual([4]);
    expect(leaps([2, 1, 2, 2, 4, 3])).toEqual([]);
    expect(leaps([9, 9, 0])).toEqual([]);
  });

  test("a rate of nothing is no rate, and signs are true signs", () => {
    expect([rate(null), rate(0.9128), signed(-0.04, 1), signed(-1.24, 1)]).toEqual([
      "–",
      "91.3%",
      "0",
      "−1.2",
    ]);
  });
});

describe("clauses in the words", () => {
  test("offsets count an emoji as one character", () => {
    const cut = segments("😡物流慢，面料好", [aspect("logistics", 1, 5)]);
    expect(cut.map(({ text, aspects }) => [text, aspects.length])).toEqual([
      ["😡", 0],
      ["物流慢，", 1],
      ["面料好", 0],
    ]);
  });

  test("two aspects of one clause share it; an offset beyond the text does no harm", () => {
    const cut = segments("面料好", [aspect("material", 0, 3), aspect("usability", 0, 3), aspect("x", 9, 12)]);
    expect(cut.map(({ aspects }) => aspects.map((one) => one.aspect))).toEqual([["material", "usability"]]);
  });
});
