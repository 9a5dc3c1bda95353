import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Feed, feedAddress, type Happened } from "@/api/feed";
import { feedBecame, holdFeed, someoneTypes, stoppedTyping } from "@/api/live";
import { rooms } from "./rooms";

function tellRooms(event: Happened, client: QueryClient): void {
  if (event.name === "consumer.spoke" && event.conversationId) stoppedTyping(event.conversationId);
  for (const room of rooms) room.reactions?.[event.name]?.(event, client);
}

/** Keep the live feed open while signed in; every room reacts for itself. */
export function useLiveFeed(): void {
  const client = useQueryClient();
  useEffect(() => {
    const feed = new Feed(feedAddress(), {
      happened: (event) => tellRooms(event, client),
      typing: someoneTypes,
      resync: () => void client.invalidateQueries(),
      state: feedBecame,
    });
    holdFeed(feed);
    feed.start();
    return () => {
      feed.stop();
      holdFeed(null);
    };
  }, [client]);
}
