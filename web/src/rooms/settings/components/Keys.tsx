import { Button } from "antd";
import { useState } from "react";
import { comboFor, comboOf, isComposing, KEYS, type KeyName, shownCombo } from "@/kit/keys";
import { changeSettings, useSettings } from "@/kit/settings";
import { useLanguage, useWords } from "@/kit/words";
import { words } from "../words";

const NAMES = Object.keys(KEYS) as KeyName[];

/** All keys in one table; each can be changed. */
export function Keys() {
  const said = useWords(words);
  const { keys } = useSettings();
  const [changing, setChanging] = useState<KeyName | null>(null);
  return (
    <section aria-label={said.keys}>
      <h2>
        {said.keys}{" "}
        {Object.keys(keys).length > 0 && (
          <Button size="small" type="link" onClick={() => changeSettings({ keys: {} })}>
            {said.back}
          </Button>
        )}
      </h2>
      <p className="faint">{said.keysHint}</p>
      <div className="keys">
        {NAMES.map((name) => (
          <KeyRow key={name} name={name} changing={changing === name} onChange={setChanging} />
        ))}
      </div>
    </section>
  );
}

interface RowProps {
  name: KeyName;
  changing: boolean;
  onChange: (name: KeyName | null) => void;
}

function KeyRow({ name, changing, onChange }: RowProps) {
  const said = useWords(words);
  const language = useLanguage();
  const { keys } = useSettings();
  const [problem, setProblem] = useState("");
  const press = (event: React.KeyboardEvent) => {
    if (!changing || isComposing(event.nativeEvent)) return;
    if (/^(Alt|Control|Shift|Meta|Tab)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    setProblem("");
    if (event.key === "Escape") return onChange(null);
    const combo = comboOf(event.nativeEvent);
    const holder = NAMES.find((one) => one !== name && comboFor(one) === combo);
    if (holder) return setProblem(said.taken(KEYS[holder][language]));
    if (!event.altKey && !event.ctrlKey && !event.metaKey && name !== "help")
      return setProblem(said.needsHeld);
    changeSettings({ keys: { ...keys, [name]: combo } });
    onChange(null);
  };
  return (
    <div className="key-row">
      <span>{KEYS[name][language]}</span>
      <button
        type="button"
        className="plain"
        aria-label={`${KEYS[name][language]}: ${shownCombo(comboFor(name))}`}
        onClick={() => onChange(changing ? null : name)}
        onKeyDown={press}
        onBlur={() => changing && onChange(null)}
      >
        {changing ? <i>{problem || said.press}</i> : <kbd>{shownCombo(comboFor(name))}</kbd>}
      </button>
    </div>
  );
}
