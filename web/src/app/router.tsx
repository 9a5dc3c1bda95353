import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { meAsk } from "@/api/asks";
import { Problem } from "@/api/client";
import { Broken, Missing, Opening } from "./Fallbacks";
import { rooms, roomsFor } from "./rooms";
import { Shell } from "./Shell";
import { welcomeAsk } from "./welcome";

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: Missing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async ({ context }) => {
    const welcome = await context.client.fetchQuery(welcomeAsk);
    if (!welcome.setUp) throw redirect({ to: "/set-up" });
  },
  component: lazyRouteComponent(() => import("./SignIn")),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  beforeLoad: async ({ context }) => {
    const welcome = await context.client.fetchQuery(welcomeAsk);
    if (welcome.setUp) throw redirect({ to: "/sign-in" });
  },
  component: lazyRouteComponent(() => import("./SetUp")),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meAsk);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      throw redirect({ to: "/sign-in", search: { back: location.href } as never });
    }
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: ({ context }) => {
    const me = context.client.getQueryData(meAsk.queryKey);
    const first = me ? roomsFor(me.role)[0] : undefined;
    if (first) throw redirect({ to: `/${first.path}` as string });
  },
  component: Missing,
});

const pages = rooms.map((room) =>
  createRoute({
    getParentRoute: () => shell,
    path: `/${room.path}/{-$id}`,
    validateSearch: (search: Record<string, unknown>) => search,
    beforeLoad: ({ context }) => {
      const me = context.client.getQueryData(meAsk.queryKey);
      if (me && !room.roles.includes(me.role)) throw redirect({ to: "/" });
    },
    component: lazyRouteComponent(room.page),
  }),
);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([signIn, setUp, shell.addChildren([home, ...pages])]),
    context: { client },
    defaultErrorComponent: Broken,
    defaultPendingComponent: Opening,
    defaultNotFoundComponent: Missing,
    defaultPendingMs: 200,
  });
}
