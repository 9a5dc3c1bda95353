import { describe, expect, test } from "vitest";
import { ago, clock, yuan } from "./format";
import { initials } from "./initials";
import { comboOf, isComposing, shownCombo } from "./keys";
import { languageOf } from "./words";

const key = (
  code: string,
  held: Partial<Record<"altKey" | "ctrlKey" | "metaKey" | "shiftKey", boolean>> = {},
) => ({
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe("keys", () => {
  test("Mod is ⌘ on a Mac and Ctrl elsewhere", () => {
    expect(comboOf(key("KeyK", { ctrlKey: true }), false)).toBe("Mod+KeyK");
    expect(comboOf(key("KeyK", { metaKey: true }), true)).toBe("Mod+KeyK");
    expect(comboOf(key("KeyK", { ctrlKey: true }), true)).toBe("Other+KeyK");
  });
  test("Alt+1 is the same on a Mac, where it types ¡", () => {
    expect(comboOf(key("Digit1", { altKey: true }), true)).toBe("Alt+Digit1");
  });
  test("nothing fires while an input method composes", () => {
    expect(isComposing({ isComposing: true })).toBe(true);
    expect(isComposing({ keyCode: 229 })).toBe(true);
    expect(isComposing({ keyCode: 13 })).toBe(false);
  });
  test("combos are shown as the keyboard names them", () => {
    expect(shownCombo("Alt+KeyJ", false)).toBe("Alt+J");
    expect(shownCombo("Alt+KeyJ", true)).toBe("⌥J");
    expect(shownCombo("Shift+Slash", false)).toBe("?");
  });
});

describe("figures", () => {
  test("clocks", () => {
    expect([clock(48), clock(725), clock(3723), clock(-3)]).toEqual(["0:48", "12:05", "1:02:03", "0:00"]);
  });
  test("money is integer fen", () => {
    expect([yuan(9900), yuan(9950), yuan(5)]).toEqual(["¥99", "¥99.50", "¥0.05"]);
  });
  test("short ages", () => {
    const now = Date.parse("2026-01-02T00:00:00Z");
    expect(ago("2026-01-01T23:59:30Z", "zh", now)).toBe("刚刚");
    expect(ago("2026-01-01T22:00:00Z", "zh", now)).toBe("2时");
  });
});

test("scripts are found by pinyin initials", () => {
  expect(initials("退货地址")).toBe("thdz");
  expect(initials("七天无理由")).toBe("qtwly");
});

test("language follows the browser unless chosen", () => {
  expect(languageOf("system", "zh-HK")).toBe("zh");
  expect(languageOf("system", "fr")).toBe("en");
  expect(languageOf("zh", "en")).toBe("zh");
});
