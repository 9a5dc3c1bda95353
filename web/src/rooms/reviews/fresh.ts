import { useSyncExternalStore } from "react";

/** Whether reviews came in that the list does not show yet: it changes only when somebody says so. */
let waiting = false;
const listeners = new Set<() => void>();

export function setFresh(now: boolean): void {
  if (waiting === now) return;
  waiting = now;
  for (const tell of listeners) tell();
}

export function useFresh(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => waiting,
  );
}
