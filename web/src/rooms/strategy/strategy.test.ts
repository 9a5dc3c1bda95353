import { expect, test } from "vitest";
import type { Strategy } from "@/api/shapes";
import { degree, inBoth, leaves, sameRules, toggled } from "./rules";

const strategy: Strategy = {
  mode: "auto",
  personForIntents: ["human_request"],
  personForEmotions: ["angry"],
  disappointedFrom: 0.7,
  personForFlags: ["threat", "abuse"],
  personForIssues: [],
  personFrom: 0.9,
  personForRisk: true,
  answersAlone: ["price", "stock"],
  answerFrom: 0.55,
};

test("a switch puts one id in, once, and takes it out again", () => {
  const on = toggled(toggled(strategy, "personForFlags", "safety", true), "personForFlags", "safety", true);
  expect(on.personForFlags).toEqual(["threat", "abuse", "safety"]);
  expect(sameRules(toggled(on, "personForFlags", "safety", false), strategy)).toBe(true);
});

test("the order of ids is no change", () => {
  expect(sameRules({ ...strategy, answersAlone: ["stock", "price"] }, strategy)).toBe(true);
  expect(sameRules({ ...strategy, answerFrom: 0.6 }, strategy)).toBe(false);
});

test("figures are said in words", () => {
  expect([degree(0.2), degree(0.5), degree(0.9)]).toEqual(["low", "middle", "high"]);
});

test("another page or another shop's rules end the editing; the same address does not", () => {
  const here = { pathname: "/strategy", search: { shop: "tmall" } };
  expect(leaves(here, { pathname: "/desk", search: {} })).toBe(true);
  expect(leaves(here, { pathname: "/strategy", search: {} })).toBe(true);
  expect(leaves(here, { pathname: "/strategy", search: { shop: "tmall", panel: "1" } })).toBe(false);
});

test("an intent in both lists is found", () => {
  expect(inBoth(strategy)).toEqual([]);
  expect(inBoth(toggled(strategy, "personForIntents", "price", true))).toEqual(["price"]);
});
