import { describe, expect, test } from "vitest";
import type { Article, Conversation, Message, Taxonomy } from "@/api/shapes";
import { gravest, isUrgent } from "./alerts";
import { openEnds } from "./closing";
import { askedBefore, sends } from "./composing";
import { changeDraft, getDraft, strangeNumbers } from "./drafts";
import { risen, steady } from "./order";
import { changePending, putOut } from "./outbox";
import { reasonIn } from "./reasons";
import { findPhrases } from "./scripts";
import { fate, isAnswered, leavesHole, merge, refreshed } from "./thread";
import { pointedAfter } from "./useHits";

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  conversationId: "c",
  seq,
  author: "consumer",
  authorId: null,
  text: String(seq),
  attachments: [],
  saidAt: "2026-01-01T00:00:00Z",
  clientId: null,
  reading: null,
  sources: [],
  delivery: null,
  ...more,
});
const seqs = (messages: Message[]) => messages.map(({ seq }) => seq);

describe("the list under the hand", () => {
  test("keeps its order, loses who left, appends who is new", () => {
    expect(steady(["a", "b", "c"], ["d", "c", "a"])).toEqual(["a", "c", "d"]);
  });
  test("counts who became more urgent, not who slid", () => {
    expect(risen(["a", "b", "c", "d"], ["d", "a", "b", "c"])).toEqual(["d"]);
    expect(risen(["a", "b", "c", "d"], ["b", "c", "d", "a"])).toEqual([]);
    expect(risen(["a", "b", "c"], ["b", "c"])).toEqual([]);
    expect(risen(["a", "b"], ["n", "a", "b"])).toEqual(["n"]);
    expect(risen(["a", "b"], ["a", "b", "n"])).toEqual([]);
  });
});

describe("a thread", () => {
  test("is one thread however its parts arrive, and nothing twice", () => {
    expect(seqs(merge([said(1), said(3)], [said(2), said(3)]))).toEqual([1, 2, 3]);
  });
  test("does not forget a delivery state that the fresh word lacks", () => {
    expect(merge([said(1, { delivery: "sent" })], [said(1)])[0]?.delivery).toBe("sent");
  });
  test("drops paged-in history when a hole lies between", () => {
    expect(seqs(refreshed([said(1), said(2)], [said(9)]))).toEqual([9]);
    expect(seqs(refreshed([said(1), said(2)], [said(3)]))).toEqual([1, 2, 3]);
  });
  test("notices a hole", () => {
    expect(leavesHole([said(4)], said(6))).toBe(true);
    expect(leavesHole([said(4)], said(5))).toBe(false);
  });
  test("knows whether the words that suggestions answer are answered already", () => {
    const spoken = [said(1), said(2, { author: "system" }), said(3, { author: "note" })];
    expect(isAnswered(spoken, 1)).toBe(false);
    expect(isAnswered([...spoken, said(4, { author: "agent" })], 1)).toBe(true);
    expect(isAnswered([...spoken, said(4, { author: "agent" }), said(5)], 5)).toBe(false);
  });
  test("tells what became of our words", () => {
    expect(fate(said(3, { delivery: "failed" }), 9)).toBe("failed");
    expect(fate(said(3, { delivery: "sent" }), 3)).toBe("read");
    expect(fate(said(4, { delivery: "sending" }), 3)).toBe("sending");
  });
});

describe("a draft", () => {
  test("is kept at once, and forgets its suggestion with its words", () => {
    changeDraft("c1", { text: "您好", suggestionId: "s1" });
    expect(localStorage.getItem("diji.draft.c1")).toContain("您好");
    changeDraft("c1", { text: "" });
    expect(getDraft("c1").suggestionId).toBeNull();
    expect(localStorage.getItem("diji.draft.c1")).toBeNull();
  });
  test("warns of an order number that is somebody else's", () => {
    expect(strangeNumbers("订单 20260101123456 已发", ["T-20260101999999"])).toEqual(["20260101123456"]);
    expect(strangeNumbers("订单 20260101123456 已发", ["T-20260101123456"])).toEqual([]);
  });
});

test("the keys of the search walk through the hits and stop at the ends", () => {
  const ids = ["a", "b", "c"];
  expect([pointedAfter(ids, undefined, 1), pointedAfter(ids, "a", 1), pointedAfter(ids, "c", 1)]).toEqual([
    "a",
    "b",
    "c",
  ]);
  expect([pointedAfter(ids, "gone", 1), pointedAfter(ids, "b", -1), pointedAfter([], "a", 1)]).toEqual([
    "a",
    "a",
    undefined,
  ]);
});

test("closing asks where words are unanswered or half written, and not after a thank you", () => {
  const talk = (more: Partial<Conversation>) =>
    ({ id: "c9", waitingSince: null, intent: null, ...more }) as Conversation;
  const since = "2026-01-01T00:00:00Z";
  expect(openEnds(talk({}))).toEqual([]);
  expect(openEnds(talk({ waitingSince: since, intent: "track_parcel" }))).toEqual(["endUnanswered"]);
  expect(openEnds(talk({ waitingSince: since, intent: "thanks_bye" }))).toEqual([]);
  changeDraft("c9", { text: "我查一下" });
  expect(openEnds(talk({}))).toEqual(["endDraft"]);
  changeDraft("c9", { text: "" });
  const reply = { clientId: "r", conversationId: "c9", kind: "reply", text: "好" } as const;
  putOut({ ...reply, attachments: [], suggestionId: null, at: since, state: "sending", problem: "" });
  expect(openEnds(talk({ waitingSince: since }))).toEqual([]);
  changePending("r", { state: "failed" });
  expect(openEnds(talk({ waitingSince: since }))).toEqual(["endUnanswered"]);
});

test("only reasons that need a person at once are loud", () => {
  expect(isUrgent(["emotion_angry"])).toBe(true);
  expect(isUrgent(["machine_off"])).toBe(false);
  expect(isUrgent(undefined)).toBe(false);
  expect(gravest(["unsure_reading", "emotion_disappointed", "flag_threat"])).toBe("flag_threat");
  expect(gravest(["machine_off"])).toBe("machine_off");
});

test("every reason has words, also those that a lead's own rule makes", () => {
  const taxonomy = {
    intents: { track_parcel: { zh: "查物流", en: "Where is it" } },
    issues: { refund_delay: { zh: "退款慢", en: "Refund slow" } },
    flags: { privacy: { zh: "隐私", en: "Privacy" } },
    emotions: { anxious: { zh: "焦急", en: "Anxious" } },
    reasons: { flag_threat: { zh: "扬言投诉曝光", en: "threatens to report" } },
  } as unknown as Taxonomy;
  const ids = ["intent_track_parcel", "issue_refund_delay", "flag_privacy", "emotion_anxious", "flag_threat"];
  expect(ids.map((id) => reasonIn(taxonomy, id, "zh"))).toEqual([
    "查物流",
    "抱怨退款慢",
    "隐私",
    "情绪焦急",
    "扬言投诉曝光",
  ]);
  expect(ids.map((id) => reasonIn(taxonomy, id, "en")).filter((word) => word.includes("_"))).toEqual([]);
  expect(reasonIn(undefined, "intent_unheard_of", "zh")).toBe("intent_unheard_of");
});

const phrase = (id: string, title: string, reply: string): Article => ({
  id,
  kind: "script",
  title,
  questions: [],
  body: "",
  reply,
  intents: [],
  products: [],
  shops: [],
  category: "",
  facts: {},
  validFrom: null,
  validTo: null,
  looseFigures: [],
  version: 1,
});

describe("the composer", () => {
  test("a slash asks for scripts only where a word begins", () => {
    expect(askedBefore("您好 /退货", 6)).toEqual({ wanted: "script", from: 3, query: "退货" });
    expect(askedBefore("1/2", 3)).toBeNull();
    expect(askedBefore("http://a", 8)).toBeNull();
  });
  test("# asks for an order, $ for a product, a price for nothing", () => {
    expect(askedBefore("您的订单#88", 7)).toEqual({ wanted: "order", from: 4, query: "88" });
    expect(askedBefore("推荐￥面霜", 5)).toEqual({ wanted: "product", from: 2, query: "面霜" });
    expect(askedBefore("一共￥99", 5)).toBeNull();
    expect(askedBefore("C#", 2)).toBeNull();
  });
  test("Enter or Ctrl+Enter sends, as chosen; Shift+Enter never does", () => {
    const held = (more: object) => ({
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      altKey: false,
      ...more,
    });
    expect([sends(held({}), "enter"), sends(held({ ctrlKey: true }), "enter")]).toEqual([true, false]);
    expect([sends(held({}), "ctrlEnter"), sends(held({ ctrlKey: true }), "ctrlEnter")]).toEqual([
      false,
      true,
    ]);
    expect(sends(held({ shiftKey: true }), "enter")).toBe(false);
  });
  test("scripts about it, then articles, then scripts that mention it", () => {
    const scripts = [phrase("a", "致歉", "可以退货"), phrase("b", "退货地址", "地址在这里")];
    const found = findPhrases(scripts, [phrase("k", "退货规则", "七天")], "退货");
    expect(found.map(({ id }) => id)).toEqual(["b", "k", "a"]);
    expect(findPhrases(scripts, [], "thdz").map(({ id }) => id)).toEqual(["b"]);
  });
});
