import { meAsk, membersAsk } from "@/api/asks";
import type { Reactions } from "@/api/reactions";

export const reactions: Reactions = {
  "member.changed": (_, shown) => void shown.invalidateQueries({ queryKey: membersAsk.queryKey }),
  "shop.changed": (_, shown) => void shown.invalidateQueries({ queryKey: meAsk.queryKey }),
};
