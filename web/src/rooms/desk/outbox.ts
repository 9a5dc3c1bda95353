import { useSyncExternalStore } from "react";
import type { Attachment } from "@/api/shapes";
import { keep } from "@/kit/settings";

/** Words that were sent from here and are not in the thread yet; a retry carries the same `clientId`. */
export interface Pending {
  clientId: string;
  conversationId: string;
  kind: "reply" | "note";
  text: string;
  attachments: Attachment[];
  suggestionId: string | null;
  at: string;
  state: "sending" | "sent" | "failed";
  problem: string;
}

const PLACE = "diji.outbox";
const listeners = new Set<() => void>();
let outbox: Pending[] = read();

function read(): Pending[] {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]") as Pending[];
    // Whoever was on the way when the page closed may not have arrived: a person decides, the same id is no double.
    return kept.map((one) => ({ ...one, state: "failed" }));
  } catch {
    return [];
  }
}

function become(next: Pending[]): void {
  outbox = next;
  const unsure = outbox.filter((one) => one.state !== "sent");
  keep(PLACE, unsure.length ? JSON.stringify(unsure) : null);
  for (const tell of listeners) tell();
}

export function putOut(pending: Pending): void {
  become([...outbox.filter((one) => one.clientId !== pending.clientId), pending]);
}

export function changePending(clientId: string, change: Partial<Pending>): void {
  become(outbox.map((one) => (one.clientId === clientId ? { ...one, ...change } : one)));
}

export function takeBack(clientId: string): Pending | undefined {
  const found = outbox.find((one) => one.clientId === clientId);
  if (found) become(outbox.filter((one) => one !== found));
  return found;
}

/** Whether a reply to it is on its way: the server's word is only a moment behind. */
export function isReplying(conversationId: string): boolean {
  return outbox.some(
    (one) => one.conversationId === conversationId && one.kind === "reply" && one.state !== "failed",
  );
}

/** What arrived in the thread is pending no more. */
export function arrived(clientIds: ReadonlySet<string | null>): void {
  if (outbox.some((one) => clientIds.has(one.clientId))) {
    become(outbox.filter((one) => !clientIds.has(one.clientId)));
  }
}

export function useOutbox(): Pending[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => outbox,
  );
}
