import { useQuery } from "@tanstack/react-query";
import { taxonomyAsk, useNames } from "@/api/asks";
import { useWords } from "@/kit/words";
import { inBoth } from "../rules";
import { words } from "../words";
import type { RulesProps } from "./ModeChoice";
import { Choice, Threshold } from "./Sentence";

export function AnswerRules({ strategy, onChange }: RulesProps) {
  const said = useWords(words);
  const name = useNames();
  const { data: taxonomy } = useQuery(taxonomyAsk);
  const both = inBoth(strategy);
  return (
    <section aria-label={said.answerTitle}>
      <h2>{said.answerTitle}</h2>
      <p className="quiet">{said.answerHint}</p>
      <Choice
        label={said.answerAlone}
        kind="intents"
        all={Object.keys(taxonomy?.intents ?? {})}
        chosen={strategy.answersAlone}
        onChange={(answersAlone) => onChange({ ...strategy, answersAlone })}
      />
      {both.length > 0 && (
        <p className="strategy-note" role="status">
          {said.inBoth(both.map((id) => name("intents", id)).join(said.comma))}
        </p>
      )}
      <Threshold
        label={said.answerFrom}
        value={strategy.answerFrom}
        onChange={(answerFrom) => onChange({ ...strategy, answerFrom })}
      />
    </section>
  );
}
