import { expect, test, vi } from "vitest";
import { Feed, type Happened, pause } from "./feed";

class Wire {
  readyState = 1;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {}
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function listening() {
  const wires: Wire[] = [];
  const heard: Happened[] = [];
  let resyncs = 0;
  const ears = { happened: (event: Happened) => heard.push(event), typing: () => {}, state: () => {} };
  const feed = new Feed("ws://x", { ...ears, resync: () => (resyncs += 1) }, () => {
    const wire = new Wire();
    wires.push(wire);
    return wire as unknown as WebSocket;
  });
  return { feed, wires, heard, resyncs: () => resyncs };
}

const event = (position: number) => ({
  type: "event",
  position,
  name: "reply.posted",
  event: { id: `e${position}` },
});

test("resumes where it stood, and hears nothing twice", () => {
  vi.useFakeTimers();
  const { feed, wires, heard } = listening();
  feed.start();
  wires[0]?.onopen?.();
  expect(wires[0]?.sent).toEqual(['{"after":null}']);
  wires[0]?.say({ type: "hello", position: 5 });
  wires[0]?.say(event(6));
  wires[0]?.say(event(6));
  wires[0]?.onclose?.({ code: 1006 });
  vi.advanceTimersByTime(1000);
  wires[1]?.onopen?.();
  expect(wires[1]?.sent).toEqual(['{"after":6}']);
  expect(heard.map(({ position }) => position)).toEqual([6]);
  feed.stop();
  vi.useRealTimers();
});

test("hears every line of a message, in order", () => {
  const { feed, wires, heard } = listening();
  feed.start();
  wires[0]?.onmessage?.({
    data: [{ type: "hello", position: 3 }, event(4), event(5)]
      .map((frame) => JSON.stringify(frame))
      .join("\n"),
  });
  expect(heard.map(({ position }) => position)).toEqual([4, 5]);
  feed.stop();
});

test("asks everything again when it fell too far behind, and survives nonsense", () => {
  const { feed, wires, resyncs } = listening();
  feed.start();
  wires[0]?.onmessage?.({ data: "{" });
  wires[0]?.say({ type: "hello", position: 3 });
  expect(resyncs()).toBe(1);
  wires[0]?.say({ type: "resync" });
  expect(resyncs()).toBe(2);
  feed.stop();
});

test("waits longer each time, never longer than a quarter of a minute", () => {
  expect(pause(0, 1)).toBe(500);
  expect(pause(3, 1)).toBe(4000);
  expect(pause(30, 1)).toBe(15_000);
  expect(pause(3, 0)).toBe(2000);
});
