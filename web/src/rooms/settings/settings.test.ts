import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { meAsk } from "@/api/asks";
import type { Happened } from "@/api/feed";
import type { Me, Member } from "@/api/shapes";
import { passwordFault } from "@/kit/passwords";
import { changesOf, filledFrom, makePassword } from "./members";
import { reactions } from "./reactions";
import { tabOf, tabsFor } from "./tabs";

const li: Member = {
  id: "xiaoli",
  login: "xiaoli",
  name: "小李",
  role: "agent",
  group: null,
  state: "online",
  shops: ["tmall", "jd"],
};

test("members come first for who manages them, and others do not have them", () => {
  expect(tabsFor("admin")).toEqual(["team", "mine", "keys"]);
  expect(tabsFor("lead")).toEqual(["mine", "keys"]);
  expect(tabOf(undefined, tabsFor("admin"))).toBe("team");
  expect(tabOf("keys", tabsFor("admin"))).toBe("keys");
  expect(tabOf("team", tabsFor("agent"))).toBe("mine");
});

test("only what was changed of a member is sent", () => {
  const filled = filledFrom(li);
  expect(changesOf(li, filled)).toEqual({});
  expect(changesOf(li, { ...filled, name: " 小李 ", shops: ["jd", "tmall"] })).toEqual({});
  expect(changesOf(li, { ...filled, role: "lead", group: "售后" })).toEqual({ role: "lead", group: "售后" });
  expect(changesOf({ ...li, group: "售后" }, { ...filled, group: "" })).toEqual({ group: "" });
});

test("no shop, some shops and every shop are three things", () => {
  const filled = filledFrom(li);
  expect(changesOf(li, { ...filled, shops: null })).toEqual({ shops: "all" });
  expect(changesOf(li, { ...filled, shops: ["jd"] })).toEqual({ shops: ["jd"] });
  expect(changesOf({ ...li, shops: null }, { ...filled, shops: ["jd"] })).toEqual({ shops: ["jd"] });
  expect(changesOf({ ...li, shops: [] }, { ...filled, shops: [] })).toEqual({});
});

test("a made password is good, and another each time", () => {
  const made = new Set(Array.from({ length: 50 }, () => makePassword("xiaoli")));
  expect(made.size).toBe(50);
  for (const one of made) expect(one).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
});

test("a made password never holds the login", () => {
  const bytes = [new Uint8Array(16), new Uint8Array(16).fill(1)];
  expect(makePassword("aaaa", () => bytes.shift() ?? new Uint8Array())).toBe("bbbb-bbbb-bbbb-bbbb");
});

test("what is wrong with a password is said before it is sent", () => {
  expect(passwordFault("", "xiaoli")).toBe("empty");
  expect(passwordFault("123456789", "xiaoli")).toBe("tooShort");
  expect(passwordFault("my-XiaoLi-2026", " xiaoli ")).toBe("holdsLogin");
  expect(passwordFault("correct horse", "")).toBe(null);
});

test("who is changed by an admin sees their own new name and shops", () => {
  const client = new QueryClient();
  client.setQueryData(meAsk.queryKey, { id: "xiaoli" } as Me);
  const tell = (memberId: string) =>
    reactions["member.changed"]?.({ name: "member.changed", memberId } as unknown as Happened, client);
  const stale = () => client.getQueryState(meAsk.queryKey)?.isInvalidated;
  tell("lao_zhang");
  expect(stale()).toBe(false);
  tell("xiaoli");
  expect(stale()).toBe(true);
});
