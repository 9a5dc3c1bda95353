import type { QueryClient } from "@tanstack/react-query";
import { meAsk, membersAsk } from "@/api/asks";
import type { Reactions } from "@/api/reactions";
import { teamAsk } from "./queries";

/** What a colleague is called or may see has changed; it may have been me. */
function memberChanged(memberId: unknown, shown: QueryClient): void {
  void shown.invalidateQueries({ queryKey: membersAsk.queryKey });
  void shown.invalidateQueries({ queryKey: teamAsk.queryKey });
  if (shown.getQueryData(meAsk.queryKey)?.id === memberId) meChanged(shown);
}

function meChanged(shown: QueryClient): void {
  void shown.invalidateQueries({ queryKey: meAsk.queryKey });
}

export const reactions: Reactions = {
  "member.changed": ({ memberId }, shown) => memberChanged(memberId, shown),
  "shop.changed": (_, shown) => meChanged(shown),
  "company.changed": (_, shown) => meChanged(shown),
};
