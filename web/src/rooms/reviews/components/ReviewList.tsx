import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useEffect } from "react";
import { useMembers } from "@/api/asks";
import { common } from "@/kit/common";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { setFresh, useFresh } from "../fresh";
import { LISTS, listAsk } from "../queries";
import { periodOf, whichOf } from "../question";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Failed } from "./Panel";
import { ReviewItem } from "./ReviewItem";

export function ReviewList() {
  const said = useWords(words);
  const all = useWords(common);
  const client = useQueryClient();
  const members = useMembers();
  const { question, today, ask, clear } = useQuestion();
  const list = useInfiniteQuery(listAsk(whichOf(question, today)));
  const fresh = useFresh();
  // A list that is opened anew shows what there is by now.
  useEffect(
    () => () => {
      setFresh(false);
      void client.invalidateQueries({ queryKey: LISTS, refetchType: "none" });
    },
    [client],
  );
  const update = () => {
    setFresh(false);
    void client.invalidateQueries({ queryKey: LISTS });
  };
  const reviews = list.data?.pages.flatMap((page) => page.reviews) ?? [];
  return (
    <section id="reviews" className="rev-list" aria-label={said.reviews} tabIndex={-1}>
      <div className="rev-panel-head">
        <h2>{said.reviews}</h2>
        <span className="faint rev-legend-text">{said.legend}</span>
      </div>
      {fresh && (
        <button type="button" className="plain rev-fresh" onClick={update}>
          {said.newOnes}
        </button>
      )}
      {list.error && !list.data && <Failed error={list.error} again={() => void list.refetch()} />}
      {list.isPending && <Skeleton active paragraph={{ rows: 10 }} title={false} />}
      {list.data && reviews.length === 0 && (
        <Teach title={said.noneFound}>
          <p>{said.noneFoundHint}</p>
          <Button size="small" onClick={clear}>
            {said.clear}
          </Button>{" "}
          {periodOf(question) !== "all" && (
            <Button
              size="small"
              onClick={() => ask({ period: "all", from: undefined, to: undefined, day: undefined })}
            >
              {said.seeAll}
            </Button>
          )}
        </Teach>
      )}
      <ol className={list.isPlaceholderData ? "rev-stale" : ""}>
        {reviews.map((review) => (
          <ReviewItem key={review.id} review={review} handler={members.get(review.handledBy ?? "")?.name} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button block type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {all.more}
        </Button>
      )}
    </section>
  );
}
