import type { QueryClient } from "@tanstack/react-query";
import type { Happened } from "./feed";

/** What a room's screen does when something happened: ask again by default, patch only what must feel instant. */
export type Reactions = Record<string, (happened: Happened, shown: QueryClient) => void>;
