import { useSyncExternalStore } from "react";

/** What a person sets for this browser; nothing here is worth a trip to the server. */
export interface Settings {
  language: "system" | "zh" | "en";
  theme: "system" | "light" | "dark";
  sendKey: "enter" | "ctrlEnter";
  sound: boolean;
  /** Notices of the system while this window is not in front. */
  desktop: boolean;
  keys: Record<string, string>;
}

const PLACE = "diji.settings";
const DEFAULTS: Settings = {
  language: "system",
  theme: "system",
  sendKey: "enter",
  sound: false,
  desktop: false,
  keys: {},
};
const listeners = new Set<() => void>();
let current: Settings = read();

function read(): Settings {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Settings>) };
  } catch {
    return DEFAULTS;
  }
}

export function getSettings(): Settings {
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  keep(PLACE, JSON.stringify(current));
  for (const tell of listeners) tell();
}

/** Storage may be full or forbidden; the screen goes on without it. */
export function keep(place: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(place);
    else localStorage.setItem(place, value);
  } catch {
    // nothing to do
  }
}

export function subscribeSettings(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribeSettings, getSettings);
}

// Another tab changed them.
window.addEventListener("storage", (event) => {
  if (event.key !== PLACE) return;
  current = read();
  for (const tell of listeners) tell();
});
