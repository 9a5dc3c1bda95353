/** Who speaks, in the reader's words. */

import type { Words } from "./language";
import type { Said } from "./rules/thread";

export function speaker({ author, name }: Said, words: Words): string {
  if (author === "consumer") return words.you;
  if (author === "copilot") return words.ai;
  if (author === "system") return words.system;
  return name ? words.agent(name) : words.someAgent;
}
