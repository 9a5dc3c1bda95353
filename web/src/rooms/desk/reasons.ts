import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { nameIn, taxonomyAsk } from "@/api/asks";
import type { Taxonomy } from "@/api/shapes";
import { type Language, useLanguage } from "@/kit/words";

type Said = Record<Language, (name: string) => string>;

const plain: Said = { zh: (name) => name, en: (name) => name };
const PARTS: [string, "intents" | "issues" | "flags" | "emotions", Said][] = [
  ["intent_", "intents", plain],
  ["issue_", "issues", { zh: (name) => `抱怨${name}`, en: (name) => `complains: ${name}` }],
  ["flag_", "flags", plain],
  ["emotion_", "emotions", { zh: (name) => `情绪${name}`, en: (name) => name }],
];

/** Why a person is called, in words: some reasons have their own, the others speak by what they are about. */
export function reasonIn(taxonomy: Taxonomy | undefined, id: string, language: Language): string {
  const own = nameIn(taxonomy, "reasons", id, language);
  if (own !== id) return own;
  for (const [beginning, kind, say] of PARTS) {
    const about = id.startsWith(beginning) ? id.slice(beginning.length) : "";
    if (taxonomy?.[kind][about]) return say[language](nameIn(taxonomy, kind, about, language));
  }
  return id;
}

export function useReasons(): (id: string) => string {
  const { data } = useQuery(taxonomyAsk);
  const language = useLanguage();
  return useMemo(() => (id: string) => reasonIn(data, id, language), [data, language]);
}
