import type { Conversation } from "@/api/shapes";
import { hasDraft } from "./drafts";
import { isReplying } from "./outbox";

/** Words that want no answer. */
const DONE = new Set(["thanks_bye", "acknowledge", "praise"]);

/** What speaks against closing now. */
export function openEnds(one: Conversation): ("endUnanswered" | "endDraft")[] {
  const asks = one.waitingSince !== null && !isReplying(one.id) && !DONE.has(one.intent ?? "");
  return [
    ...(asks ? (["endUnanswered"] as const) : []),
    ...(hasDraft(one.id) ? (["endDraft"] as const) : []),
  ];
}
