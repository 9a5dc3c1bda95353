import { useSyncExternalStore } from "react";
import type { Feed, FeedState, Typing } from "./feed";

/** The one feed of this window, and who types where; the app starts it, rooms read it. */
let feed: Feed | null = null;
let state: FeedState = "connecting";
const typing = new Map<string, { who: string; until: number }>();
const listeners = new Set<() => void>();
const TYPING_LASTS = 5_000;

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function holdFeed(held: Feed | null): void {
  feed = held;
}

export function feedBecame(now: FeedState): void {
  state = now;
  tell();
}

export function someoneTypes({ conversationId, who }: Typing): void {
  typing.set(conversationId, { who, until: Date.now() + TYPING_LASTS });
  tell();
  window.setTimeout(tell, TYPING_LASTS + 50);
}

export function stoppedTyping(conversationId: string): void {
  if (typing.delete(conversationId)) tell();
}

export function useFeedState(): FeedState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Who is typing in a conversation: "consumer", a member's name, or nobody. */
export function useTyping(conversationId: string): string | null {
  return useSyncExternalStore(subscribe, () => {
    const seen = typing.get(conversationId);
    return seen && seen.until > Date.now() ? seen.who : null;
  });
}

let saidAt = 0;

export function sayTyping(conversationId: string): void {
  if (Date.now() - saidAt < 2_000) return;
  saidAt = Date.now();
  feed?.sayTyping(conversationId);
}
