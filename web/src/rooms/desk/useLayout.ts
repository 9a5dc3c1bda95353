import { useSyncExternalStore } from "react";

export type Layout = "wide" | "middle" | "phone";

const phone = window.matchMedia("(max-width: 720px)");
const middle = window.matchMedia("(max-width: 1080px)");

/** Three panes, two panes with the third over them, or one page at a time. */
export function useLayout(): Layout {
  return useSyncExternalStore(
    (tell) => {
      phone.addEventListener("change", tell);
      middle.addEventListener("change", tell);
      return () => {
        phone.removeEventListener("change", tell);
        middle.removeEventListener("change", tell);
      };
    },
    () => (phone.matches ? "phone" : middle.matches ? "middle" : "wide"),
  );
}
