import { beforeEach, expect, test } from "vitest";
import { getSettings } from "@/kit/settings";
import { shallAsk, wasAsked } from "./reminders";
import { words } from "./words";

beforeEach(() => localStorage.clear());

test("the desk asks once whether it shall remind, and not who chose already", () => {
  const fresh = getSettings();
  expect(shallAsk(fresh)).toBe(true);
  expect(shallAsk({ ...fresh, sound: true })).toBe(false);
  expect(shallAsk({ ...fresh, desktop: true })).toBe(false);
  wasAsked();
  expect(shallAsk(fresh)).toBe(false);
});

test("an empty field is told what it lacks, not its own name again", () => {
  expect(words.zh.fill(words.zh.company)).toBe("请填写公司名称");
  expect(words.en.fill(words.en.company)).not.toBe(words.en.company);
});
