import { queryOptions } from "@tanstack/react-query";
import { api, ask, askRaw } from "@/api/client";
import type { FirstSteps, Role } from "@/api/shapes";

export const welcomeAsk = queryOptions({
  queryKey: ["welcome"],
  queryFn: () => ask(api.GET("/api/welcome")),
  staleTime: 0,
});

export interface DemoPerson {
  id: string;
  name: string;
  role: Role;
  does: string;
}

/** The demo alone has these; they are no part of the API. */
export const demoPeopleAsk = queryOptions({
  queryKey: ["demo", "people"],
  queryFn: () => askRaw<DemoPerson[]>("GET", "/api/demo/people"),
  retry: false,
});

interface Seeding {
  done: number;
  total: number;
  what: string;
  whatEn: string;
  failed: boolean;
}

export function isSeeded(state: Seeding): boolean {
  return !state.failed && state.done >= state.total;
}

export const demoStateAsk = queryOptions({
  queryKey: ["demo", "state"],
  queryFn: () => askRaw<Seeding>("GET", "/api/demo/state"),
  refetchInterval: ({ state: { data } }) => (data && (isSeeded(data) || data.failed) ? false : 1500),
  retry: false,
});

export function enterDemo(memberId: string, password?: string): Promise<void> {
  return askRaw("POST", "/api/demo/enter", password ? { memberId, password } : { memberId });
}

export async function signIn(login: string, password: string): Promise<void> {
  await ask(api.POST("/api/sign-in", { body: { login, password } }));
}

export async function setUp(steps: FirstSteps): Promise<void> {
  await ask(api.POST("/api/set-up", { body: steps }));
}

export async function signOut(): Promise<void> {
  await ask(api.POST("/api/sign-out"));
}

export async function changeState(state: string): Promise<void> {
  await ask(api.PUT("/api/me/state", { body: { state } }));
}
