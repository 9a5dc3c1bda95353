/** What outlives a reload. Where the browser forbids storage inside a foreign page, the page keeps it for us. */

const spare = new Map<string, string>();
let holder: (key: string, value: string | null) => void = () => {};

/** What the page has kept for us, and how it is told of changes. */
export function borrow(kept: Record<string, string>, tell: typeof holder): void {
  for (const [key, value] of Object.entries(kept)) spare.set(key, value);
  holder = tell;
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return spare.get(key) ?? null;
  }
}

export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    if (value === null) spare.delete(key);
    else spare.set(key, value);
    holder(key, value);
  }
}

/** Another tab of the same visitor has changed something whose key begins so. */
export function whenChanged(beginning: string, react: () => void): void {
  window.addEventListener("storage", (event) => {
    if (event.key?.startsWith(beginning)) react();
  });
}

export function newKey(): string {
  // Plain http on a local network has no randomUUID.
  if (window.isSecureContext) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
