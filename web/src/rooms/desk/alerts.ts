import type { Happened } from "@/api/feed";

/** Reasons that only fill the queue; every other reason of a hand-over calls a person at once. */
const QUIET = new Set([
  "machine_off",
  "machine_broke",
  "suggest_only",
  "picture_unread",
  "not_alone",
  "unsure_reading",
  "unsure_answer",
]);

export function isUrgent(why: unknown): boolean {
  return Array.isArray(why) && why.some((reason) => typeof reason === "string" && !QUIET.has(reason));
}

const GRAVITY = [/^flag_/, /^emotion_angry/, /^human_request/, /^risk$/, /^emotion_/, /^issue_/, /^intent_/];

/** The reason to show where there is room for one. */
export function gravest(why: readonly string[]): string | undefined {
  for (const kind of GRAVITY) {
    const found = why.find((reason) => kind.test(reason));
    if (found) return found;
  }
  return why[0];
}

type Ear = (event: Happened) => void;
const ears = new Set<Ear>();

/** Hand an event to whoever alerts. */
export function alertOf(event: Happened): void {
  for (const ear of ears) ear(event);
}

export function onAlert(ear: Ear): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}

let flashing = 0;
let calm = "";

/** Let the title speak until somebody looks. */
export function flash(words: string): void {
  if (document.visibilityState === "visible" && document.hasFocus()) return;
  calm ||= document.title;
  window.clearInterval(flashing);
  let on = false;
  flashing = window.setInterval(() => {
    on = !on;
    document.title = on ? words : calm;
  }, 900);
}

function settle(): void {
  if (!flashing) return;
  window.clearInterval(flashing);
  flashing = 0;
  document.title = calm;
  calm = "";
}

window.addEventListener("focus", settle);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && settle());
