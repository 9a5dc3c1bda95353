/**
 * The launcher: `<script src="https://HOST/widget.js" data-shop="SHOP_ID" async></script>` on a shop's page.
 * It draws one button in a shadow root and opens Diji's frame; of the page it takes and changes nothing else.
 * `data-user-id`, `data-user-name`, `data-user-signature` say who is signed in; `data-colour`, `data-position="left"`.
 * The page may call `diji.open("草稿")` and `diji.close()`.
 */

import { inkOn } from "../colours";
import { flashTitle, stopFlashing } from "../flash";
import { isColour, opened, type SignedUser, sealed, type ToFrame, type ToLauncher } from "../protocol";
import css from "./launcher.css?inline";

declare global {
  interface Window {
    diji?: { open: (draft?: string) => void; close: () => void };
  }
}

const CHAT = "M4 5h16v11H11l-4.500 3.500V16H4zM8.500 10.500v.1M12 10.500v.1M15.500 10.500v.1";
const DOWN = "m6 9 6 6 6-6";
const PHONE = "(max-width: 560px), (max-height: 480px) and (pointer: coarse)";
const english = !/^zh/i.test(navigator.language || "zh");
const say = english
  ? { button: "Chat with us", frame: "Customer service chat", fresh: "New message" }
  : { button: "联系客服", frame: "在线客服", fresh: "新消息" };

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[data-shop][src*="widget.js"]');
if (script?.dataset.shop && !window.diji) launch(script, script.dataset.shop);

function launch(script: HTMLScriptElement, shop: string): void {
  const page = new URL(`widget/frame?shop=${encodeURIComponent(shop)}`, script.src);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const box = element("div", { class: "box", role: "dialog", "aria-label": say.frame });
  const button = element("button", { class: "button", type: "button", "aria-label": say.button });
  const badge = element("span", { class: "badge", hidden: "" });
  const side = element("div", { class: script.dataset.position === "left" ? "left" : "right" });
  let frame: HTMLIFrameElement | null = null;
  let ready = false;
  let open = false;
  let draft = "";
  let unread = 0;

  dress(root, script.nonce ?? "");
  const sign = icon();
  button.append(sign.svg, badge);
  side.append(box, button);
  root.append(side);
  paint(script.dataset.colour ?? recall(shop));
  if (!script.dataset.colour && !recall(shop)) void look();

  /** Asks for the shop's colour, once for each visitor; without an answer the default stays. */
  async function look(): Promise<void> {
    const answer = await fetch(new URL(`api/widget/${encodeURIComponent(shop)}/look`, script.src)).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const { colour } = (await answer.json()) as { colour: string };
    paint(colour);
    keep(shop, colour);
  }

  const tell = (words: ToFrame) => {
    if (ready) frame?.contentWindow?.postMessage(sealed(words), page.origin);
  };
  const load = () => {
    if (frame) return;
    frame = element("iframe", { title: say.frame, src: page.href });
    box.append(frame);
  };
  const show = (words = "", again = false) => {
    load();
    draft = words;
    open = true;
    keepOpen(shop, true);
    box.classList.add("open");
    sign.path.setAttribute("d", DOWN);
    button.setAttribute("aria-expanded", "true");
    fitPhone();
    lockPage(true);
    // After a reload nobody has asked for the focus.
    if (!again) frame?.focus();
    if (ready) tell({ say: "open", draft });
  };
  const hide = () => {
    if (!open) return;
    open = false;
    keepOpen(shop, false);
    box.classList.remove("open");
    sign.path.setAttribute("d", CHAT);
    button.setAttribute("aria-expanded", "false");
    lockPage(false);
    tell({ say: "closed" });
    button.focus({ preventScroll: true });
  };
  /** On a phone the keyboard shrinks what is seen of the page; the frame itself cannot know. */
  const fitPhone = () => {
    const seen = window.visualViewport;
    const full = open && seen && matchMedia(PHONE).matches;
    box.style.height = full ? `${seen.height}px` : "";
    box.style.top = full ? `${seen.offsetTop}px` : "";
  };
  let scrolled: string | null = null;
  const lockPage = (locked: boolean) => {
    const { style } = document.documentElement;
    if (locked && scrolled === null && matchMedia(PHONE).matches) {
      scrolled = style.overflow;
      style.overflow = "hidden";
    } else if (!locked && scrolled !== null) {
      style.overflow = scrolled;
      scrolled = null;
    }
  };
  const count = (fresh: number) => {
    if (fresh > unread) flashTitle(fresh, say.fresh);
    unread = fresh;
    badge.hidden = fresh === 0;
    badge.textContent = fresh > 99 ? "99+" : String(fresh);
    button.setAttribute("aria-label", fresh > 0 ? `${say.button} (${fresh})` : say.button);
  };
  function paint(colour: unknown): void {
    if (!isColour(colour)) return;
    side.style.setProperty("--diji-shop", colour);
    side.style.setProperty("--diji-ink", inkOn(colour));
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== page.origin || !frame || event.source !== frame.contentWindow) return;
    const words = opened<ToLauncher>(event.data);
    if (words?.say === "ready") {
      ready = true;
      tell({ say: "hello", user: signedUser(script), open, kept: kept(shop) });
      if (open) tell({ say: "open", draft });
    } else if (words?.say === "close") hide();
    else if (words?.say === "keep") keepFor(shop, words.key, words.value);
    else if (words?.say === "unread") count(Number(words.count) || 0);
    else if (words?.say === "shop") {
      if (!script.dataset.colour) paint(words.colour);
      keep(shop, words.colour);
    }
  });
  button.addEventListener("click", () => (open ? hide() : show()));
  // Who comes near is about to click: the frame is there by then.
  for (const near of ["pointerenter", "focus", "touchstart"]) {
    button.addEventListener(near, load, { once: true, passive: true });
  }
  window.visualViewport?.addEventListener("resize", fitPhone);
  window.visualViewport?.addEventListener("scroll", fitPhone);
  document.addEventListener("visibilitychange", () => document.hidden || stopFlashing());
  window.diji = { open: (words) => show(typeof words === "string" ? words : ""), close: hide };

  const settle = () => {
    document.body.append(host);
    if (wasOpen(shop)) show("", true);
    else whenIdle(load);
  };
  if (document.body) settle();
  else document.addEventListener("DOMContentLoaded", settle);
}

/** The shop's own page comes first; a visitor who saves data fetches the frame by clicking. */
function whenIdle(act: () => void): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const later = () =>
    "requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 4000 }) : setTimeout(act, 1500);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}

function signedUser({ dataset }: HTMLScriptElement): SignedUser | null {
  const { userId, userName, userSignature } = dataset;
  return userId && userSignature ? { id: userId, name: userName ?? "", signature: userSignature } : null;
}

/** A constructed sheet passes the strictest style policy of a shop's page; older browsers get an element. */
function dress(root: ShadowRoot, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = element("style", nonce ? { nonce } : {});
    style.textContent = css;
    root.append(style);
  }
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string>) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", CHAT);
  svg.append(path);
  return { svg, path };
}

const spare = (shop: string) => `diji:${shop}:kept`;

/** What the frame could not keep itself: browsers that block storage in foreign frames would forget the talk. */
function kept(shop: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(spare(shop)) ?? "{}");
  } catch {
    return {};
  }
}

function keepFor(shop: string, key: unknown, value: unknown): void {
  if (typeof key !== "string" || !key.startsWith(`diji:${shop}:`)) return;
  const all = kept(shop);
  delete all[key];
  if (typeof value === "string" && value.length < 100_000) all[key] = value;
  try {
    localStorage.setItem(spare(shop), JSON.stringify(all));
  } catch {
    // The page has no storage either: it lasts as long as the page.
  }
}

// Functions, not constants: the launcher runs before the lines down here are reached.
function openKey(shop: string): string {
  return `diji:${shop}:open`;
}

/** Whether the chat was open before this tab was reloaded. */
function wasOpen(shop: string): boolean {
  try {
    return sessionStorage.getItem(openKey(shop)) !== null;
  } catch {
    return false;
  }
}

function keepOpen(shop: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(openKey(shop), "1");
    else sessionStorage.removeItem(openKey(shop));
  } catch {
    // Then a reload closes it.
  }
}

function key(shop: string): string {
  return `diji:${shop}:colour`;
}

function recall(shop: string): string | null {
  try {
    return localStorage.getItem(key(shop));
  } catch {
    return null;
  }
}

function keep(shop: string, colour: string): void {
  try {
    localStorage.setItem(key(shop), colour);
  } catch {
    // Only a memory of a colour.
  }
}
