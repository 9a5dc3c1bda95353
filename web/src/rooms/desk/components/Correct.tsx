import { useQuery } from "@tanstack/react-query";
import { App, Input } from "antd";
import { useMemo, useState } from "react";
import { taxonomyAsk } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Emotion, Message } from "@/api/shapes";
import { isComposing } from "@/kit/keys";
import { FEELINGS, Feeling } from "@/kit/Marks";
import { movedBy } from "@/kit/pointer";
import { useLanguage, useWords } from "@/kit/words";
import { putRight } from "../actions";
import { correct, findLabels, type Label, type Part } from "../correcting";
import { words } from "../words";

const EMOTIONS = Object.keys(FEELINGS) as Emotion[];
const MOST = 9;

function useLabels(): Label[] {
  const language = useLanguage();
  const { data } = useQuery(taxonomyAsk);
  return useMemo(() => {
    const of = (part: Part, kind: "issues" | "intents") =>
      Object.entries(data?.[kind] ?? {}).map(([id, names]) => ({ part, id, name: names[language] ?? id }));
    return [...of("issues", "issues"), ...of("intent", "intents")];
  }, [data, language]);
}

/** Say what a message means: 1–5 for the feeling, letters find a trouble or an intent. */
export function Correct({ message }: { message: Message }) {
  const said = useWords(words);
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { message: notice } = App.useApp();
  const labels = findLabels(useLabels(), typed).slice(0, MOST);
  const chosen = Math.min(at, labels.length - 1);
  const { emotion, issues = [], intent } = message.reading ?? {};
  const has = ({ part, id }: Label) =>
    part === "issues" ? issues.some((issue) => issue.id === id) : id === intent;

  const leave = () => {
    correct(null);
    document.getElementById(`said-${message.id}`)?.focus({ preventScroll: true });
  };
  const keep = async (change: Parameters<typeof putRight>[1]) => {
    leave();
    try {
      await putRight(message.id, change);
    } catch (error) {
      void notice.error(wordsOf(error));
    }
  };
  const choose = (label: Label | undefined) => {
    if (!label) return;
    if (label.part === "intent") return void keep({ intent: label.id });
    const others = issues.map(({ id }) => id).filter((id) => id !== label.id);
    void keep({ issues: has(label) ? others : [...others, label.id] });
  };
  const press = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const digit = /^[1-5]$/.test(event.key) && typed === "" ? EMOTIONS[Number(event.key) - 1] : undefined;
    if (digit) void keep({ emotion: digit });
    else if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(1, labels.length));
    else if (event.key === "ArrowUp") setAt((chosen - 1 + labels.length) % Math.max(1, labels.length));
    else if (event.key === "Enter") choose(labels[chosen]);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  return (
    <div className="correct" role="dialog" aria-label={said.correct}>
      <div className="correct-feelings">
        {EMOTIONS.map((one, index) => (
          <button
            type="button"
            key={one}
            className="plain"
            aria-pressed={one === emotion}
            onClick={() => void keep({ emotion: one })}
          >
            <kbd>{index + 1}</kbd>
            {one === "neutral" ? FEELINGS.neutral[language] : <Feeling of={one} word />}
          </button>
        ))}
      </div>
      <Input
        autoFocus
        size="small"
        value={typed}
        placeholder={said.correctHint}
        aria-label={said.correctHint}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div role="listbox" aria-label={said.correct} className="correct-labels">
        {labels.map((label, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys of its options
          <div
            key={`${label.part} ${label.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerMove={(event) => movedBy(event) && setAt(index)}
            onClick={() => choose(label)}
          >
            <span>
              {label.name} {has(label) && "✓"}
            </span>
            <span className="faint">{said.parts[label.part]}</span>
          </div>
        ))}
        {labels.length === 0 && <p className="faint">{said.emptyFound}</p>}
      </div>
    </div>
  );
}
