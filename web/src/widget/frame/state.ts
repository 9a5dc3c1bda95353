/** What the components show. */

import type { Waiting } from "./rules/outbox";
import { EMPTY, type Thread } from "./rules/thread";

export interface State {
  phase: "idle" | "opening" | "ready" | "refused";
  shop: string;
  colour: string;
  /** Somebody can see the frame. */
  open: boolean;
  /** The live line stands. */
  up: boolean;
  online: boolean;
  loaded: boolean;
  thread: Thread;
  queue: Waiting[];
  sending: ReadonlySet<string>;
  typing: string | null;
  draft: string;
  unread: number;
  problem: string;
}

export const DEFAULT_COLOUR = "#0e7490";

export const START: State = {
  phase: "idle",
  shop: "",
  colour: DEFAULT_COLOUR,
  open: false,
  up: false,
  online: navigator.onLine,
  loaded: false,
  thread: EMPTY,
  queue: [],
  sending: new Set(),
  typing: null,
  draft: "",
  unread: 0,
  problem: "",
};
