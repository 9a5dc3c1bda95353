import type { Reactions } from "@/api/reactions";

export const reactions: Reactions = {
  "conversation.opened": (_, shown) => void shown.invalidateQueries({ queryKey: ["consumers", "list"] }),
};
