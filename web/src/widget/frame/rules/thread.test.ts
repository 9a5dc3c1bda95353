import { describe, expect, test } from "vitest";
import {
  EMPTY,
  PAGE,
  type Page,
  type Said,
  type Thread,
  takePage,
  takePosted,
  takeSaid,
  takeStanding,
  unseen,
} from "./thread";

const said = (seq: number, more: Partial<Said> = {}): Said => ({
  seq,
  author: "copilot",
  name: null,
  text: `第${seq}句`,
  attachments: [],
  saidAt: "2026-11-23T06:00:00Z",
  clientId: null,
  ...more,
});
const page = (conversationId: string | null, messages: Said[], more: Partial<Page> = {}): Page => ({
  conversationId,
  messages,
  reception: "ai",
  agent: null,
  place: null,
  closed: false,
  readByUs: 0,
  ...more,
});
const seqs = (thread: Thread) => thread.said.map(({ seq }) => seq);
const known = takePage(EMPTY, page("a", [said(1), said(2), said(3)]), 0).thread;

describe("resume", () => {
  test("a page after 3 joins what is known, and nothing appears twice", () => {
    const { thread, ask } = takePage(known, page("a", [said(3), said(4)]), 3);
    expect([seqs(thread), thread.through, ask]).toEqual([[1, 2, 3, 4], 4, null]);
  });

  test("a full page means that there may be more", () => {
    const many = Array.from({ length: PAGE }, (_, i) => said(4 + i));
    expect(takePage(known, page("a", many), 3).ask).toBe(203);
  });

  test("another conversation is asked for from its beginning, and the old one stays in view", () => {
    const half = takePage(known, page("b", [said(4)]), 3);
    expect(half).toEqual({ thread: known, ask: 0 });
    const { thread } = takePage(known, page("b", [said(1), said(2)]), 0);
    expect([thread.conversationId, seqs(thread), thread.earlier.length]).toEqual(["b", [1, 2], 3]);
  });

  test("a consumer who has never spoken has an empty thread", () => {
    expect(takePage(EMPTY, page(null, []), 0)).toEqual({
      thread: { ...EMPTY, reception: "ai" },
      ask: null,
    });
  });
});

describe("the socket", () => {
  test("the next message is simply added", () => {
    const { thread, ask } = takeSaid(known, said(4));
    expect([seqs(thread), thread.through, ask]).toEqual([[1, 2, 3, 4], 4, null]);
  });

  test("a gap is shown at once and asked for; a note of the team leaves it open for good", () => {
    const { thread, ask } = takeSaid(known, said(6));
    expect([seqs(thread), thread.through, ask]).toEqual([[1, 2, 3, 6], 3, 3]);
    const filled = takePage(thread, page("a", [said(5), said(6)]), 3);
    expect([seqs(filled.thread), filled.thread.through, filled.ask]).toEqual([[1, 2, 3, 5, 6], 6, null]);
  });

  test("the same message twice changes nothing", () => {
    const { thread, ask } = takeSaid(known, said(2));
    expect([seqs(thread), thread.through, ask]).toEqual([[1, 2, 3], 3, null]);
  });

  test("a known number with other words belongs to a new conversation", () => {
    expect(takeSaid(known, said(1, { author: "consumer", text: "在吗" })).ask).toBe(0);
    expect(takeSaid(known, said(1), "b").ask).toBe(0);
  });

  test("who answers has read", () => {
    expect(takeSaid(known, said(4, { author: "agent" })).thread.readByUs).toBe(4);
  });

  test("read marks never go back", () => {
    const read = takeStanding(known, { ...page("a", []), readByUs: 3 }, "a").thread;
    expect(takeStanding(read, { ...page("a", []), readByUs: 0 }, "a").thread.readByUs).toBe(3);
  });
});

describe("our own words", () => {
  const mine = said(4, { author: "consumer", text: "在吗", clientId: "c-1" });

  test("arrive before their echo, or after it, and stand there once with their clientId", () => {
    const echo = { ...mine, clientId: null };
    const first = takeSaid(takePosted(known, mine, "a").thread, echo).thread;
    const second = takePosted(takeSaid(known, echo).thread, mine, "a").thread;
    for (const thread of [first, second]) {
      expect([seqs(thread), thread.said[3]?.clientId]).toEqual([[1, 2, 3, 4], "c-1"]);
    }
  });

  test("a number further on tells of something missed", () => {
    expect(takePosted(known, { ...mine, seq: 6 }, "a").ask).toBe(3);
  });

  test("begin a new conversation after the old one has ended", () => {
    const { thread, ask } = takePosted(known, { ...mine, seq: 1 }, "b");
    expect([thread.conversationId, seqs(thread), thread.earlier.length, ask]).toEqual(["b", [1], 3, 0]);
  });
});

test("only words of ours that were not seen count for the badge", () => {
  const thread = takeSaid(known, said(4, { author: "system" })).thread;
  expect([unseen(thread, 1), unseen(thread, 3)]).toEqual([2, 0]);
});
