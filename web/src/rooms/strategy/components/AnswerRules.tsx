import { useQuery } from "@tanstack/react-query";
import { taxonomyAsk } from "@/api/asks";
import { useWords } from "@/kit/words";
import { words } from "../words";
import type { RulesProps } from "./ModeChoice";
import { Choice, Threshold } from "./Sentence";

export function AnswerRules({ strategy, onChange }: RulesProps) {
  const said = useWords(words);
  const { data: taxonomy } = useQuery(taxonomyAsk);
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
      <Threshold
        label={said.answerFrom}
        value={strategy.answerFrom}
        onChange={(answerFrom) => onChange({ ...strategy, answerFrom })}
      />
    </section>
  );
}
