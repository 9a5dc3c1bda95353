/** The frame's ear and mouth towards the page that holds it. */

import { opened, type SignedUser, sealed, type ToFrame, type ToLauncher } from "../protocol";

interface Ends {
  hello: (user: SignedUser | null, open: boolean, kept: Record<string, string>) => void;
  open: (draft: string) => void;
  closed: () => void;
}

/** A page that frames us without our launcher never says hello. */
const HELLO_WITHIN = 1500;

export class Bridge {
  /** The frame is a page of its own: a link in an app, a QR code. */
  readonly alone = window.parent === window;
  private origin: string | null = null;

  listen(ends: Ends): void {
    if (this.alone) {
      ends.hello(null, true, {});
      return;
    }
    const unanswered = window.setTimeout(() => ends.hello(null, true, {}), HELLO_WITHIN);
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !this.isHolder(event.origin)) return;
      const words = opened<ToFrame>(event.data);
      if (words?.say === "hello" && this.origin === null) {
        this.origin = event.origin;
        window.clearTimeout(unanswered);
        ends.hello(signed(words.user), words.open === true, strings(words.kept));
      } else if (words?.say === "open") ends.open(String(words.draft ?? "").slice(0, 2000));
      else if (words?.say === "closed") ends.closed();
    });
    // Nobody is known yet, and there is no secret in it.
    window.parent.postMessage(sealed<ToLauncher>({ say: "ready" }), "*");
  }

  tell(words: ToLauncher): void {
    if (this.origin === null) return;
    // A page from a file or a sandbox has the origin "null", which cannot be addressed.
    window.parent.postMessage(sealed(words), this.origin === "null" ? "*" : this.origin);
  }

  /** The page right above us, and after the first hello nobody else. */
  private isHolder(origin: string): boolean {
    const above = location.ancestorOrigins?.[0];
    if (above !== undefined && above !== origin) return false;
    return this.origin === null || this.origin === origin;
  }
}

function strings(kept: unknown): Record<string, string> {
  if (typeof kept !== "object" || kept === null) return {};
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === "string"));
}

function signed(user: unknown): SignedUser | null {
  if (typeof user !== "object" || user === null) return null;
  const { id, name, signature } = user as Record<string, unknown>;
  if (typeof id !== "string" || typeof signature !== "string" || !id || !signature) return null;
  return { id: id.slice(0, 100), name: String(name ?? "").slice(0, 80), signature: signature.slice(0, 128) };
}
