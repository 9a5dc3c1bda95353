import type { Article } from "@/api/shapes";
import { initials } from "@/kit/initials";

export interface Phrase {
  id: string;
  title: string;
  text: string;
  kind: Article["kind"];
}

function phraseOf({ id, title, reply, body, kind }: Article): Phrase {
  return { id, title, text: reply || body, kind };
}

/** How well a script fits what was typed: title, pinyin initials, questions, words. */
function closeness(one: Article, wanted: string): number {
  if (!wanted) return STRONG;
  if (one.title.toLowerCase().includes(wanted)) return 4;
  if (/^[a-z]+$/.test(wanted) && initials(one.title).includes(wanted)) return 3;
  if (one.questions.some((question) => question.toLowerCase().includes(wanted))) return STRONG;
  return one.reply.toLowerCase().includes(wanted) ? 1 : 0;
}

const STRONG = 2;

/** Scripts that are about what was typed, then articles that answer it, then scripts that merely mention it. */
export function findPhrases(
  scripts: readonly Article[],
  hits: readonly Article[],
  query: string,
  most = 9,
): Phrase[] {
  const wanted = query.trim().toLowerCase();
  const ranked = scripts
    .map((one) => ({ one, rank: closeness(one, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  const about = ranked.filter(({ rank }) => rank >= STRONG).map(({ one }) => one);
  const mention = ranked.filter(({ rank }) => rank < STRONG).map(({ one }) => one);
  const found = new Map([...about, ...hits, ...mention].map((one) => [one.id, one]));
  return [...found.values()].slice(0, most).map(phraseOf);
}
