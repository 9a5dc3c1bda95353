import type { Role } from "@/api/shapes";

export const TABS = ["team", "mine", "keys"] as const;
export type Tab = (typeof TABS)[number];

/** Who manages the team finds it first; nobody else has it. */
export function tabsFor(role: Role): Tab[] {
  return TABS.filter((tab) => tab !== "team" || role === "admin");
}

/** The tab of the address, where it is one of mine. */
export function tabOf(asked: string | undefined, tabs: Tab[]): Tab {
  return tabs.find((tab) => tab === asked) ?? tabs[0] ?? "mine";
}
