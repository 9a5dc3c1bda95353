import { getSettings, useSettings } from "./settings";

export type Language = "zh" | "en";

/** The words of a room in both languages; both must have the same keys. */
export interface Both<T> {
  zh: T;
  en: T;
}

/** `export const words = defineWords({ title: "评价" }, { title: "Reviews" })`; values may be functions. */
export function defineWords<T extends object>(zh: T, en: NoInfer<T>): Both<T> {
  return { zh, en };
}

export function languageOf(choice: "system" | Language, browser: string): Language {
  if (choice !== "system") return choice;
  return browser.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function currentLanguage(): Language {
  return languageOf(getSettings().language, navigator.language || "zh");
}

export function useLanguage(): Language {
  return languageOf(useSettings().language, navigator.language || "zh");
}

/** The words of a room in the language of the user. */
export function useWords<T>(both: Both<T>): T {
  return both[useLanguage()];
}
