import { useEffect, useEffectEvent } from "react";
import { getSettings } from "./settings";
import type { Language } from "./words";

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);

/** All keys in one table; a person can change each of them. Letters are places on the keyboard, not characters. */
export const KEYS = {
  palette: { combo: "Mod+KeyK", zh: "打开命令面板", en: "Open the command palette" },
  help: { combo: "Shift+Slash", zh: "显示全部按键", en: "Show all keys" },
  next: { combo: "Alt+KeyJ", zh: "下一个会话", en: "Next conversation" },
  previous: { combo: "Alt+KeyK", zh: "上一个会话", en: "Previous conversation" },
  urgent: { combo: "Alt+KeyU", zh: "去最急的会话", en: "Take the most urgent conversation" },
  tab: { combo: "Alt+KeyN", zh: "下一个列表", en: "Next list" },
  find: { combo: "Alt+KeyS", zh: "搜索会话", en: "Search conversations" },
  suggest1: { combo: "Alt+Digit1", zh: "插入建议 1", en: "Insert suggestion 1" },
  suggest2: { combo: "Alt+Digit2", zh: "插入建议 2", en: "Insert suggestion 2" },
  suggest3: { combo: "Alt+Digit3", zh: "插入建议 3", en: "Insert suggestion 3" },
  reply: { combo: "Alt+KeyL", zh: "写回复", en: "Write a reply" },
  note: { combo: "Alt+KeyP", zh: "写内部备注", en: "Write a private note" },
  attach: { combo: "Alt+KeyA", zh: "发图片", en: "Attach a picture" },
  take: { combo: "Alt+KeyT", zh: "接管会话", en: "Take over" },
  toAi: { combo: "Alt+KeyI", zh: "交还 AI", en: "Hand back to the AI" },
  close: { combo: "Alt+KeyQ", zh: "结束会话", en: "Close the conversation" },
  correct: { combo: "KeyE", zh: "修正对消息的识别", en: "Correct what a message was read as" },
  undo: { combo: "Alt+KeyZ", zh: "撤销刚才的结束或交还", en: "Undo the last close or hand-back" },
  panel: { combo: "Alt+KeyO", zh: "显示或收起右栏", en: "Show or hide the right pane" },
  wall: { combo: "KeyW", zh: "评价页切到大屏", en: "Turn the reviews into the wall" },
} as const satisfies Record<string, { combo: string } & Record<Language, string>>;

export type KeyName = keyof typeof KEYS;

export interface Pressed {
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** `Alt+KeyJ`, `Mod+KeyK`: Mod is ⌘ on a Mac and Ctrl elsewhere. */
export function comboOf(event: Pressed, mac = MAC): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  const held = [mod && "Mod", other && "Other", event.altKey && "Alt", event.shiftKey && "Shift"];
  return [...held.filter(Boolean), event.code].join("+");
}

export function comboFor(name: KeyName): string {
  return getSettings().keys[name] ?? KEYS[name].combo;
}

/** As it stands on the keyboard: ⌥J, Alt+J. */
export function shownCombo(combo: string, mac = MAC): string {
  const parts = combo.split("+").map((part) => {
    if (part === "Mod") return mac ? "⌘" : "Ctrl";
    if (part === "Alt") return mac ? "⌥" : "Alt";
    if (part === "Shift") return mac ? "⇧" : "Shift";
    return part.replace(/^(Key|Digit)/, "").replace("Slash", "/");
  });
  return parts.join(mac ? "" : "+").replace(/(⇧|Shift\+)\/$/, "?");
}

/** Whether an input method is at work; no shortcut may fire then. */
export function isComposing(event: { isComposing?: boolean; keyCode?: number }): boolean {
  return event.isComposing === true || event.keyCode === 229;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const acts = new Map<string, (() => void)[]>();

function heard(event: KeyboardEvent): void {
  if (isComposing(event) || event.defaultPrevented) return;
  const combo = comboOf(event);
  for (const name of Object.keys(KEYS) as KeyName[]) {
    const act = comboFor(name) === combo ? acts.get(name)?.at(-1) : undefined;
    if (!act) continue;
    const bare = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (bare && isTyping(event.target)) return;
    event.preventDefault();
    act();
    return;
  }
}

window.addEventListener("keydown", heard);

/** Listen for a key of the table while mounted; whoever came last wins. */
export function useKey(name: KeyName, act: () => void, enabled = true): void {
  const now = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return;
    const mine = () => now();
    acts.set(name, [...(acts.get(name) ?? []), mine]);
    return () => {
      acts.set(
        name,
        (acts.get(name) ?? []).filter((one) => one !== mine),
      );
    };
  }, [name, enabled]);
}
