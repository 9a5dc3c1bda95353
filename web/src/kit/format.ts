import type { Language } from "./words";

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;

/** 9900 → ¥99, 9950 → ¥99.50 */
export function yuan(fen: number): string {
  return `¥${fen % 100 === 0 ? fen / 100 : (fen / 100).toFixed(2)}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** Today: 14:05. This year: 3月2日 14:05. Earlier: with the year. */
export function moment(iso: string, language: Language, now = new Date()): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString(LOCALES[language], {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  if (at.toDateString() === now.toDateString()) return time;
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  const day = at.toLocaleDateString(LOCALES[language], { ...year, month: "short", day: "numeric" });
  return `${day} ${time}`;
}

export function day(iso: string, language: Language, now = new Date()): string {
  const at = new Date(iso);
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return at.toLocaleDateString(LOCALES[language], { ...year, month: "short", day: "numeric" });
}

/** How long ago, short enough for a list: 刚刚, 5分, 3时, 2天. */
export function ago(iso: string, language: Language, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
  const zh = language === "zh";
  if (minutes < 1) return zh ? "刚刚" : "now";
  if (minutes < 60) return zh ? `${minutes}分` : `${minutes}m`;
  if (minutes < 1440) return zh ? `${Math.floor(minutes / 60)}时` : `${Math.floor(minutes / 60)}h`;
  return zh ? `${Math.floor(minutes / 1440)}天` : `${Math.floor(minutes / 1440)}d`;
}

/** Seconds as a clock: 0:48, 12:05, 1:02:03; more than a day as days. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  if (hours >= 100) return "99h+";
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
