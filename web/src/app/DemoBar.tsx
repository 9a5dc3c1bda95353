import { useQuery } from "@tanstack/react-query";
import { useLanguage, useWords } from "@/kit/words";
import { demoStateAsk, isSeeded, welcomeAsk } from "./welcome";
import { words } from "./words";

/** How far the demo's seeding is, and the way to be a consumer; nothing of it in a shop's own Diji. */
export function DemoBar() {
  const said = useWords(words);
  const language = useLanguage();
  const { data: welcome } = useQuery({ ...welcomeAsk, staleTime: Number.POSITIVE_INFINITY });
  const { data: state } = useQuery({ ...demoStateAsk, enabled: welcome?.oneClick === true });
  if (!state || isSeeded(state)) return null;
  const share = Math.floor((100 * state.done) / Math.max(1, state.total));
  const what = language === "zh" ? state.what : state.whatEn;
  return (
    <div className="demo-bar" role="status">
      {state.failed ? said.seedingFailed : said.seeding(what, share)}
    </div>
  );
}
