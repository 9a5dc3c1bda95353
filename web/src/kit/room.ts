import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";
import type { Reactions } from "@/api/reactions";
import type { Role } from "@/api/shapes";

export const EVERYONE: Role[] = ["agent", "lead", "trainer", "admin"];
export const TRAINERS: Role[] = ["trainer", "lead", "admin"];
export const LEADS: Role[] = ["lead", "admin"];
export const ADMINS: Role[] = ["admin"];

/** A page on the rail. `rooms/<room>/room.ts` exports one as `room`; the app finds it by itself. */
export interface Room {
  /** First part of the address; the page is at /<path> and /<path>/<id>. */
  path: string;
  order: number;
  zh: string;
  en: string;
  icon: ComponentType;
  roles: Role[];
  page: () => Promise<{ default: ComponentType }>;
  reactions?: Reactions;
  /** Mounted once beside every page, for alerts. */
  watch?: ComponentType;
  /** A figure on the rail. */
  badge?: () => number;
  /** Asked while the pointer rests on the rail. */
  warmUp?: (client: QueryClient) => void;
}
