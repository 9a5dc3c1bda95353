import type { Reactions } from "@/api/reactions";

export const reactions: Reactions = {
  "article.changed": (_, shown) => void shown.invalidateQueries({ queryKey: ["knowledge"] }),
};
