import { useQuery } from "@tanstack/react-query";
import { type Ref, useDeferredValue, useImperativeHandle, useMemo, useState } from "react";
import { knowledgeAsk } from "@/api/asks";
import { useWords } from "@/kit/words";
import { scriptsAsk } from "../queries";
import { findPhrases, type Phrase } from "../scripts";
import { words } from "../words";

export interface SlashMenuRef {
  /** Whether the key was for the menu. */
  press: (event: React.KeyboardEvent) => boolean;
}

interface Props {
  ref: Ref<SlashMenuRef>;
  query: string;
  shop: string;
  onChoose: (text: string) => void;
  onClose: () => void;
}

/** What `/` opens: scripts by title, words or pinyin initials, then articles that answer such a question. */
export function SlashMenu({ ref, query, shop, onChoose, onClose }: Props) {
  const said = useWords(words);
  const [chosen, setChosen] = useState(0);
  const shown = usePhrases(query, shop);
  const at = Math.min(chosen, shown.length - 1);
  useImperativeHandle(ref, () => ({
    press: (event) => {
      if (event.key === "Escape") onClose();
      else if (event.key === "ArrowDown") setChosen((at + 1) % Math.max(1, shown.length));
      else if (event.key === "ArrowUp") setChosen((at - 1 + shown.length) % Math.max(1, shown.length));
      else if ((event.key === "Enter" || event.key === "Tab") && shown[at]) onChoose(shown[at].text);
      else return false;
      event.preventDefault();
      return true;
    },
  }));
  return (
    <div className="slash">
      <p className="slash-head faint">
        {said.slash} · {said.slashHint}
      </p>
      <div role="listbox" aria-label={said.slash}>
        {shown.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer hands its keys to this list
          <div
            key={one.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="slash-item"
            onPointerMove={() => setChosen(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(one.text)}
          >
            <b>{one.title}</b>
            <span className="quiet">{one.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function usePhrases(query: string, shop: string): Phrase[] {
  const asked = useDeferredValue(query);
  const { data: scripts } = useQuery(scriptsAsk);
  const { data: hits } = useQuery(knowledgeAsk(asked, shop));
  return useMemo(() => {
    const articles = (hits ?? []).map(({ article }) => article);
    return findPhrases(scripts ?? [], articles, query);
  }, [scripts, hits, query]);
}
