import { useEffect, useSyncExternalStore } from "react";

/** Something the command palette can do. */
export interface Command {
  id: string;
  title: string;
  hint?: string;
  run: () => void;
}

let groups: { key: symbol; commands: Command[] }[] = [];
let all: Command[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  all = groups.flatMap((group) => group.commands);
  for (const tell of listeners) tell();
}

/** Offer commands in the palette while mounted; keep the array stable (`useMemo`). */
export function useCommands(commands: Command[]): void {
  useEffect(() => {
    const key = Symbol();
    groups = [...groups, { key, commands }];
    changed();
    return () => {
      groups = groups.filter((group) => group.key !== key);
      changed();
    };
  }, [commands]);
}

export function useAllCommands(): Command[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => all,
  );
}
