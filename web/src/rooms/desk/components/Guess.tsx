import { Popover, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useMembers, useNames } from "@/api/asks";
import type { Message, Reading } from "@/api/shapes";
import { percent } from "@/kit/format";
import { Feeling } from "@/kit/Marks";
import { useWords } from "@/kit/words";
import { correct, type Part, useCorrecting } from "../correcting";
import { words } from "../words";
import { Correct } from "./Correct";

const SURE = 0.8;
const LIKELY = 0.5;

/** How sure the strongest thing said is; flags come from plain rules and carry no figure of their own. */
function scoreOf(reading: Reading): number {
  if (reading.emotion !== "neutral") return reading.emotion_scores?.[reading.emotion] ?? 0;
  return reading.issues[0]?.score ?? (reading.confident ? SURE : LIKELY);
}

/** Nothing is shown for a calm message without trouble that nobody has corrected. */
function saysSomething({ emotion, issues, flags, corrected }: Reading): boolean {
  return emotion !== "neutral" || issues.length > 0 || (flags?.length ?? 0) > 0 || corrected !== undefined;
}

/** The machine's guess under a message, in words, only where it matters; what a person has put right stands beside it. */
export function Guess({ message }: { message: Message }) {
  const said = useWords(words);
  const attempt = useCorrecting(message.id);
  const { reading } = message;
  const says = reading !== null && saysSomething(reading);
  return (
    <Popover
      open={attempt > 0}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      onOpenChange={(now) => correct(now ? message.id : null)}
      // A new attempt is a new form, even while the last one is still fading.
      content={<Correct key={attempt} message={message} />}
    >
      <button
        type="button"
        className={says ? "plain guesses" : "plain guesses guesses-none"}
        aria-label={said.correct}
      >
        {says && <Right reading={reading} />}
        {says && <Supposed reading={reading} text={message.text} />}
        <span className="guess-correct faint">{said.correctShort}</span>
      </button>
    </Popover>
  );
}

/** What a person has put right: blue, certain, with what the machine had thought on hover. */
function Right({ reading }: { reading: Reading }) {
  const said = useWords(words);
  const name = useNames();
  const members = useMembers();
  const { corrected, emotion, issues, intent } = reading;
  const parts = Object.entries(corrected ?? {}) as [Part, { by: string; guessed: string[] }][];
  if (parts.length === 0) return null;
  const kinds = { emotion: "emotions", issues: "issues", intent: "intents" } as const;
  const now = { emotion: [emotion], issues: issues.map(({ id }) => id), intent: [intent] };
  const called = (part: Part, ids: string[]) =>
    ids.map((id) => name(kinds[part], id)).join(said.comma) || said.nothing;
  const hint = parts.map(([part, { by, guessed }]) => (
    <div key={part}>{said.corrected(members.get(by)?.name ?? said.colleague, called(part, guessed))}</div>
  ));
  return (
    <Tooltip title={hint} placement="bottomLeft">
      <span className="guess guess-right">
        {parts.map(([part]) =>
          part === "emotion" && emotion !== "neutral" ? (
            <Feeling key={part} of={emotion} word />
          ) : (
            <span key={part}>{called(part, now[part])}</span>
          ),
        )}
      </span>
    </Tooltip>
  );
}

/** What is still only supposed: violet, in hedged words, the figure on hover. */
function Supposed({ reading, text }: { reading: Reading; text: string }) {
  const said = useWords(words);
  const name = useNames();
  const { corrected, flags = [], intents = [], reasons = [], because = [] } = reading;
  const feeling = reading.emotion !== "neutral" && !corrected?.emotion ? reading.emotion : null;
  const issues = corrected?.issues ? [] : reading.issues;
  if (!feeling && issues.length === 0 && flags.length === 0) return null;
  const score = scoreOf(reading);
  const how = score >= SURE ? said.sure.high : score >= LIKELY ? said.sure.middle : said.sure.low;
  const intent = intents[0];
  const hint: ReactNode = (
    <>
      {said.figure(percent(score))}
      {intent && (
        <div>
          {said.intent}：{name("intents", intent.id)} {percent(intent.score)}
        </div>
      )}
      {reasons.map((reason) => (
        <div key={reason}>{reason}</div>
      ))}
    </>
  );
  const [cause] = because.map((span) => span.text).filter((words) => words && words !== text);
  return (
    <Tooltip title={hint} placement="bottomLeft">
      <span className="guess">
        <span>{how}</span>
        {feeling && <Feeling of={feeling} word />}
        {issues.map((issue) => (
          <span key={issue.id}>· {name("issues", issue.id)}</span>
        ))}
        {flags.map((flag) => (
          <span key={flag}>· {name("flags", flag)}</span>
        ))}
        {cause && <q>{cause}</q>}
      </span>
    </Tooltip>
  );
}
