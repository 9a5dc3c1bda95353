import { getSettings, keep, type Settings } from "@/kit/settings";

const PLACE = "diji.remindersAsked";

/** Asked once in a browser, and not who has found the switches already. */
export function shallAsk(settings: Settings = getSettings()): boolean {
  return !settings.sound && !settings.desktop && localStorage.getItem(PLACE) === null;
}

export function wasAsked(): void {
  keep(PLACE, "yes");
}
