import { Tooltip } from "antd";
import { useNames } from "@/api/asks";
import type { Reading } from "@/api/shapes";
import { percent } from "@/kit/format";
import { Feeling } from "@/kit/Marks";
import { useWords } from "@/kit/words";
import { words } from "../words";

const SURE = 0.8;
const LIKELY = 0.5;

/** How sure the strongest thing said is; flags come from plain rules and carry no figure of their own. */
function scoreOf(reading: Reading): number {
  if (reading.emotion !== "neutral") return reading.emotion_scores[reading.emotion] ?? 0;
  return reading.issues[0]?.score ?? (reading.confident ? SURE : LIKELY);
}

/** The machine's guess under a message: in words, only where it matters; the figure on hover. */
export function Guess({ reading, text }: { reading: Reading; text: string }) {
  const said = useWords(words);
  const name = useNames();
  const feeling = reading.emotion !== "neutral" ? reading.emotion : null;
  const { issues, flags } = reading;
  if (!feeling && issues.length === 0 && flags.length === 0) return null;
  const score = scoreOf(reading);
  const how = score >= SURE ? said.sure.high : score >= LIKELY ? said.sure.middle : said.sure.low;
  const intent = reading.intents[0];
  const hint = (
    <>
      {said.figure(percent(score))}
      {intent && (
        <div>
          {said.intent}：{name("intents", intent.id)} {percent(intent.score)}
        </div>
      )}
      {reading.reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    </>
  );
  const because = reading.because.map((span) => span.text).filter((words) => words && words !== text);
  return (
    <Tooltip title={hint} placement="bottomLeft">
      <p className="guess">
        <span>{how}</span>
        {feeling && <Feeling of={feeling} word />}
        {issues.map((issue) => (
          <span key={issue.id}>· {name("issues", issue.id)}</span>
        ))}
        {flags.map((flag) => (
          <span key={flag}>· {name("flags", flag)}</span>
        ))}
        {because[0] && <q>{because[0]}</q>}
      </p>
    </Tooltip>
  );
}
