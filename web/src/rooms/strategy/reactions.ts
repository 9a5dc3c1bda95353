import type { Reactions } from "@/api/reactions";

export const reactions: Reactions = {
  "strategy.changed": (_, shown) => void shown.invalidateQueries({ queryKey: ["strategy"] }),
};
