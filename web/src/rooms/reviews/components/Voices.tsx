import { useQuery } from "@tanstack/react-query";
import { useNames } from "@/api/asks";
import { useWords } from "@/kit/words";
import { whole } from "../figures";
import { howWords } from "../howWords";
import { voicesAsk } from "../queries";
import { holds, whichOf, without } from "../question";
import type { Voice } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";

const SHOWN = 5;
const CLAUSES = 4;

export function useVoices() {
  const { question, today } = useQuestion();
  return useQuery(voicesAsk(whichOf(without(question, "aspect", "sentiment", "phrase"), today)));
}

/** The loudest of one side, and the aspect that is asked for even where it is not among them. */
function side(voices: Voice[], sentiment: string, aspect: string | undefined): Voice[] {
  const own = voices.filter((voice) => voice.sentiment === sentiment && voice.clauses.length > 0);
  return own.filter((voice, at) => at < SHOWN || voice.aspect === aspect);
}

export function Voices() {
  const said = useWords(words);
  const how = useWords(howWords);
  const { question } = useQuestion();
  return (
    <Panel title={`${said.praise} · ${said.blame}`} how={how.voices} asked={useVoices()} rows={9} machine>
      {(voices) => (
        <div className="rev-voices">
          <Side
            title={said.praise}
            none={said.nobodyPraises}
            tone="good"
            voices={side(voices, "positive", question.aspect)}
          />
          <Side
            title={said.blame}
            none={said.nobodyBlames}
            tone="bad"
            voices={side(voices, "negative", question.aspect)}
          />
        </div>
      )}
    </Panel>
  );
}

interface SideProps {
  title: string;
  none: string;
  tone: "good" | "bad";
  voices: Voice[];
}

function Side({ title, none, tone, voices }: SideProps) {
  const name = useNames();
  const { question, toggle } = useQuestion();
  return (
    <div>
      <h3 className={`rev-tone-${tone}`}>{title}</h3>
      {voices.length === 0 && <p className="faint">{none}</p>}
      {voices.map(({ aspect, sentiment, count, clauses }) => {
        const change = { aspect, sentiment, phrase: undefined };
        return (
          <div key={aspect} className="rev-voice">
            <button
              type="button"
              className="plain rev-voice-name"
              aria-pressed={holds(question, change)}
              onClick={() => toggle(change)}
            >
              {name("aspects", aspect)} <span className="faint">{whole(count)}</span>
            </button>
            <ul>
              {clauses.slice(0, CLAUSES).map(({ phrase, text, count: times }) => (
                <li key={phrase}>
                  <button
                    type="button"
                    className="plain rev-clause"
                    aria-pressed={holds(question, { aspect, sentiment, phrase })}
                    onClick={() => toggle({ aspect, sentiment, phrase })}
                    title={text}
                  >
                    <span className="rev-cut">{text}</span>
                    {times > 1 && <span className="faint">×{whole(times)}</span>}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
