import { describe, expect, test } from "vitest";
import {
  arrived,
  failed,
  hurried,
  next,
  nextIn,
  readQueue,
  retried,
  spoiled,
  stillToShow,
  uploaded,
  waiting,
  without,
} from "./outbox";
import { pause } from "./pause";
import type { Said } from "./thread";

const NOW = 1_000_000;
const hello = waiting("c-1", "在吗", [], 3, NOW);
const more = waiting("c-2", "快递呢", [], 3, NOW);
const photo = waiting("c-3", "", [{ key: "p", width: 4, height: 3, id: null }], 3, NOW);
const no = (status: number, retryAfter: number | null = null) => ({ status, message: "不行", retryAfter });
const echo = (text: string, clientId: string | null, seq = 4): Said => ({
  seq,
  author: "consumer",
  name: null,
  text,
  attachments: [],
  saidAt: "2026-11-23T06:00:00Z",
  clientId,
});

describe("what goes next", () => {
  test("words keep their order, also while the first one waits for the network", () => {
    const queue = failed([hello, more], "c-1", no(0), NOW, 1);
    expect(next([hello, more], NOW)?.clientId).toBe("c-1");
    expect(next(queue, NOW)).toBeNull();
    expect(nextIn(queue, NOW)).toBe(600);
    expect(next(queue, NOW + 600)?.clientId).toBe("c-1");
  });

  test("a picture still on its way up holds nobody back, and goes once it is there", () => {
    expect(next([photo, more], NOW)?.clientId).toBe("c-2");
    expect(next(uploaded([photo, more], "p", "file-1"), NOW)?.pictures[0]?.id).toBe("file-1");
  });

  test("a refusal stops one message and not those behind it; the consumer may try again", () => {
    const queue = failed([hello, more], "c-1", no(422), NOW, 1);
    expect([queue[0]?.trouble, next(queue, NOW)?.clientId]).toEqual(["不行", "c-2"]);
    expect(next(retried(queue, "c-1"), NOW)?.clientId).toBe("c-1");
  });

  test("too often waits as long as the server says; the network's return ends every wait", () => {
    const queue = failed([hello], "c-1", no(429, 7), NOW, 1);
    expect(nextIn(queue, NOW)).toBe(7000);
    expect(nextIn(hurried(queue), NOW)).toBe(0);
  });

  test("a lost picture is said at its message", () => {
    expect(spoiled([photo], "p", "图片已失效")).toEqual([{ ...photo, trouble: "图片已失效" }]);
  });

  test("a picture that cannot be read stays behind alone: words and good pictures go", () => {
    const both = [
      { key: "good", width: 4, height: 3, id: "file-1" },
      { key: "bad", width: 4, height: 3, id: null },
    ];
    const batch = waiting("c-5", "你看", both, 3, NOW);
    expect(next([batch, more], NOW)?.clientId).toBe("c-2");
    const [rest, stuck, last] = spoiled([batch, more], "bad", "图片读不出来");
    expect([rest?.clientId, rest?.text, rest?.pictures]).toEqual(["c-5", "你看", [both[0]]]);
    expect([stuck?.pictures, stuck?.trouble]).toEqual([[both[1]], "图片读不出来"]);
    expect(last).toEqual(more);
    expect(
      next(
        [rest, stuck, last].filter((one) => one !== undefined),
        NOW,
      )?.clientId,
    ).toBe("c-5");
  });

  test("in a batch of nothing but bad pictures each says its reason", () => {
    const bad = ["a", "b"].map((key) => ({ key, width: 4, height: 3, id: null }));
    const after = spoiled(spoiled([waiting("c-6", "", bad, 3, NOW)], "a", "坏"), "b", "大");
    expect(after.map(({ pictures, trouble }) => [pictures[0]?.key, trouble])).toEqual([
      ["b", "大"],
      ["a", "坏"],
    ]);
  });
});

describe("nothing twice", () => {
  test("what stands in the thread leaves the queue, though the answer to its sending was lost", () => {
    expect(arrived([hello, more], [echo("在吗", "c-1")])).toEqual([more]);
  });

  test("an echo without a name hides the one that is being sent, and only one", () => {
    const again = waiting("c-4", "在吗", [], 3, NOW);
    const sending = new Set(["c-1"]);
    expect(stillToShow([hello, again], [echo("在吗", null)], sending)).toEqual([again]);
  });

  test("the same words said long ago hide nothing", () => {
    expect(stillToShow([hello], [echo("在吗", null, 2)], new Set(["c-1"]))).toEqual([hello]);
  });

  test("a sent message is gone", () => {
    expect(without([hello, more], "c-1")).toEqual([more]);
  });
});

test("the queue survives storage, and damage to it", () => {
  expect(readQueue(JSON.stringify([hello, { text: 1 }, null]))).toEqual([hello]);
  expect([readQueue("{"), readQueue(null), readQueue('"x"')]).toEqual([[], [], []]);
});

test("pauses grow, differ by chance, and end at half a minute", () => {
  expect([pause(0, 1), pause(1, 1), pause(1, 0), pause(50, 1)]).toEqual([600, 1200, 600, 30_000]);
});
