import { useEffect, useState } from "react";

let now = Date.now();
let timer = 0;
const listeners = new Set<(now: number) => void>();

function tick(): void {
  now = Date.now();
  for (const tell of listeners) tell(now);
}

/** The time, once a second; one timer serves every clock on the screen. */
export function useNow(enabled = true): number {
  const [shown, show] = useState(now);
  useEffect(() => {
    if (!enabled) return;
    show(Date.now());
    listeners.add(show);
    timer ||= window.setInterval(tick, 1000);
    return () => {
      listeners.delete(show);
      if (listeners.size === 0) {
        window.clearInterval(timer);
        timer = 0;
      }
    };
  }, [enabled]);
  return shown;
}
