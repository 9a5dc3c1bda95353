import { expect, test } from "vitest";
import { waiting } from "./outbox";
import { rowsOf } from "./rows";
import { EMPTY, type Said, type Thread } from "./thread";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 6, minute)).toISOString();
const said = (seq: number, author: Said["author"], minute: number): Said => ({
  seq,
  author,
  name: null,
  text: "话",
  attachments: [],
  saidAt: at(minute),
  clientId: author === "consumer" ? `c-${seq}` : null,
});
const thread = (messages: Said[], readByUs: number): Thread => ({
  ...EMPTY,
  conversationId: "a",
  said: messages,
  readByUs,
});

test("times stand where it was quiet, and a speaker is named once", () => {
  const rows = rowsOf(thread([said(1, "copilot", 0), said(2, "copilot", 1), said(3, "copilot", 9)], 0), []);
  expect(rows.map((row) => (row.kind === "said" ? row.head : row.kind))).toEqual([
    "time",
    true,
    false,
    "time",
    true,
  ]);
});

test("已读 under the last read, 已发送 under the last unanswered", () => {
  const spoken = [said(1, "consumer", 0), said(2, "consumer", 0), said(3, "consumer", 0)];
  const marks = rowsOf(thread(spoken, 2), []).flatMap((row) => (row.kind === "said" ? [row.mark] : []));
  expect(marks).toEqual([null, "read", "sent"]);
});

test("a message keeps its place in the page when it has been sent", () => {
  const entry = waiting("c-1", "话", [], 0, Date.parse(at(0)));
  const before = rowsOf(thread([], 0), [entry]).at(-1)?.key;
  expect(rowsOf(thread([said(1, "consumer", 0)], 0), []).at(-1)?.key).toBe(before);
});

test("an ended conversation stays above a line", () => {
  const rows = rowsOf({ ...thread([said(1, "consumer", 1)], 0), earlier: [said(1, "agent", 0)] }, []);
  expect(rows.map(({ kind }) => kind)).toEqual(["time", "said", "divider", "said"]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
});
