import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Happened } from "@/api/feed";
import type { Reactions } from "@/api/reactions";
import { setFresh } from "./fresh";
import { importAsk, importsAsk, LISTS } from "./queries";
import type { Review, ReviewPage } from "./shapes";

const SOON = 2_000;
let waiting = 0;

/** Figures are asked again at most every two seconds, however fast a file comes in. */
function askFiguresSoon(shown: QueryClient): void {
  if (waiting) return;
  waiting = window.setTimeout(() => {
    waiting = 0;
    void shown.invalidateQueries({ queryKey: ["reviews", "figures"] });
    void shown.invalidateQueries({ queryKey: ["reviews", "import"] });
  }, SOON);
}

type Pages = InfiniteData<ReviewPage, string>;

/** Change one review wherever it is listed; it stays in its place, even where it no longer fits the question. */
export function patchReview(shown: QueryClient, id: string, change: Partial<Review>): void {
  shown.setQueriesData<Pages>({ queryKey: LISTS }, (list) => {
    if (!list?.pages.some((page) => page.reviews.some((one) => one.id === id))) return list;
    const pages = list.pages.map((page) => ({
      ...page,
      reviews: page.reviews.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }));
    return { ...list, pages };
  });
}

function cameIn(shown: QueryClient): void {
  const lists = shown.getQueriesData<Pages>({ queryKey: LISTS });
  const empty = lists.some(([, list]) => list?.pages[0]?.reviews.length === 0);
  if (empty) void shown.invalidateQueries({ queryKey: LISTS });
  else if (lists.length > 0) setFresh(true);
  askFiguresSoon(shown);
}

function advanced(event: Happened, shown: QueryClient): void {
  const { queryKey } = importAsk(String(event.importId));
  const { done, total, state } = event as unknown as { done: number; total: number; state: string };
  shown.setQueryData(queryKey, (one) => (one ? { ...one, done, total, state } : one));
  if (state !== "running") {
    void shown.invalidateQueries({ queryKey });
    void shown.invalidateQueries({ queryKey: importsAsk.queryKey });
  }
  if (state === "undoing" || state === "undone") askFiguresSoon(shown);
  else if (done > 0) cameIn(shown);
}

export const reactions: Reactions = {
  "review.import_advanced": advanced,
  "reviews.imported": (event, shown) => {
    void shown.invalidateQueries({ queryKey: importAsk(String(event.importId)).queryKey });
    void shown.invalidateQueries({ queryKey: importsAsk.queryKey });
    cameIn(shown);
  },
  "reviews.withdrawn": (event, shown) => {
    void shown.invalidateQueries({ queryKey: importAsk(String(event.importId)).queryKey });
    void shown.invalidateQueries({ queryKey: importsAsk.queryKey });
    // What is gone is taken off the screen at once: nobody should handle a review that is no more.
    void shown.invalidateQueries({ queryKey: LISTS });
    void shown.invalidateQueries({ queryKey: ["reviews", "figures"] });
  },
  "review.handled": (event, shown) => {
    const handledAt = event.handled ? event.happenedAt : null;
    patchReview(shown, String(event.reviewId), { handledAt, ...(event.handled ? {} : { handledBy: null }) });
    askFiguresSoon(shown);
  },
};
