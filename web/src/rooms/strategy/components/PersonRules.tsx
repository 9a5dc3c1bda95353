import { useQuery } from "@tanstack/react-query";
import { taxonomyAsk, useNames } from "@/api/asks";
import { useWords } from "@/kit/words";
import { toggled } from "../rules";
import { words } from "../words";
import type { RulesProps } from "./ModeChoice";
import { Choice, Sentence, Threshold } from "./Sentence";

const ASKS = "human_request";
/** From this degree on, unless a lead says otherwise. */
const USUAL = 0.7;
const FLAGS = [
  "threat",
  "abuse",
  "safety",
  "review_threat",
  "privacy",
  "sarcasm",
  "confused",
  "fraud_suspect",
];

export function PersonRules({ strategy, onChange }: RulesProps) {
  const said = useWords(words);
  const name = useNames();
  const { data: taxonomy } = useQuery(taxonomyAsk);
  const flags = [...FLAGS, ...Object.keys(taxonomy?.flags ?? {}).filter((id) => !FLAGS.includes(id))];
  const others = strategy.personForIntents.filter((id) => id !== ASKS);
  const set = (change: Partial<typeof strategy>) => onChange({ ...strategy, ...change });
  return (
    <section aria-label={said.personTitle}>
      <h2>{said.personTitle}</h2>
      <p className="quiet">{said.personHint}</p>
      <Sentence
        on={strategy.personForIntents.includes(ASKS)}
        onChange={(on) => onChange(toggled(strategy, "personForIntents", ASKS, on))}
      >
        {said.asks}
      </Sentence>
      <Sentence
        on={strategy.personForEmotions.includes("angry")}
        onChange={(on) => onChange(toggled(strategy, "personForEmotions", "angry", on))}
      >
        {said.angry}
      </Sentence>
      {flags.map((flag) => (
        <Sentence
          key={flag}
          on={strategy.personForFlags.includes(flag)}
          onChange={(on) => onChange(toggled(strategy, "personForFlags", flag, on))}
        >
          {said.flags}
          {said.colon}
          <b>{name("flags", flag)}</b>
        </Sentence>
      ))}
      <Sentence
        on={strategy.disappointedFrom !== null}
        onChange={(on) => set({ disappointedFrom: on ? USUAL : null })}
      >
        {said.disappointed}
      </Sentence>
      {strategy.disappointedFrom !== null && (
        <Threshold
          asDegree
          label={said.disappointedFrom}
          value={strategy.disappointedFrom}
          onChange={(disappointedFrom) => set({ disappointedFrom })}
        />
      )}
      <Sentence on={strategy.personForRisk} onChange={(personForRisk) => set({ personForRisk })}>
        {said.risk}
      </Sentence>
      <Threshold
        label={said.unsure}
        value={strategy.personFrom}
        onChange={(personFrom) => set({ personFrom })}
      />
      <Choice
        label={said.issues}
        kind="issues"
        all={Object.keys(taxonomy?.issues ?? {})}
        chosen={strategy.personForIssues}
        onChange={(personForIssues) => set({ personForIssues })}
      />
      <Choice
        label={said.intents}
        kind="intents"
        all={Object.keys(taxonomy?.intents ?? {}).filter((id) => id !== ASKS)}
        chosen={others}
        onChange={(chosen) =>
          set({ personForIntents: strategy.personForIntents.includes(ASKS) ? [ASKS, ...chosen] : chosen })
        }
      />
    </section>
  );
}
