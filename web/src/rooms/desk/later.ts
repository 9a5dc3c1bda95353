import { useSyncExternalStore } from "react";

/** What was decided but can still be taken back for a moment: the request goes out when the moment is over. */
export interface Later {
  conversationId: string;
  verb: "close" | "ai" | "waiting";
  /** `leaving`: the page goes away, so the request must outlive it. */
  run: (leaving: boolean) => void;
}

export const GRACE = 5_000;

let waiting: (Later & { timer: number }) | null = null;
const listeners = new Set<() => void>();

function become(next: typeof waiting): void {
  waiting = next;
  for (const tell of listeners) tell();
}

/** Only the newest can be taken back: whoever goes on has meant the one before. */
export function putLater(later: Later): void {
  if (waiting && waiting.conversationId !== later.conversationId) settle();
  else takeBack();
  become({ ...later, timer: window.setTimeout(() => settle(), GRACE) });
}

function settle(leaving = false): void {
  const due = waiting;
  if (!due) return;
  window.clearTimeout(due.timer);
  become(null);
  due.run(leaving);
}

/** Undo; with an id only if it is about that conversation. Says whether there was something to undo. */
export function takeBack(conversationId?: string): Later["verb"] | null {
  if (!waiting || (conversationId !== undefined && waiting.conversationId !== conversationId)) return null;
  const { verb, timer } = waiting;
  window.clearTimeout(timer);
  become(null);
  return verb;
}

/** The consumer wrote: an end is withdrawn, but who is given to the machine is given now, so that they are answered. */
export function spokeAgain(conversationId: string): Later["verb"] | null {
  if (waiting?.conversationId !== conversationId) return null;
  if (waiting.verb === "close") return takeBack(conversationId);
  settle();
  return null;
}

/** What is about to happen to a conversation. */
export function useLater(conversationId: string): Later["verb"] | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => (waiting?.conversationId === conversationId ? waiting.verb : null),
  );
}

window.addEventListener("pagehide", () => settle(true));
