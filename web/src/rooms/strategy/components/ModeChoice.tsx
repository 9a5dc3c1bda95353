import { Radio } from "antd";
import type { Strategy } from "@/api/shapes";
import { useWords } from "@/kit/words";
import { words } from "../words";

export interface RulesProps {
  strategy: Strategy;
  onChange: (strategy: Strategy) => void;
}

const MODES: Strategy["mode"][] = ["auto", "suggest", "off"];

export function ModeChoice({ strategy, onChange }: RulesProps) {
  const said = useWords(words);
  return (
    <section aria-label={said.modeTitle}>
      <h2>{said.modeTitle}</h2>
      <Radio.Group
        className="strategy-modes"
        value={strategy.mode}
        onChange={({ target }) => onChange({ ...strategy, mode: target.value as Strategy["mode"] })}
      >
        {MODES.map((mode) => (
          <Radio key={mode} value={mode} className="strategy-mode">
            <b>{said.modes[mode]?.[0]}</b>
            <span className="quiet">{said.modes[mode]?.[1]}</span>
          </Radio>
        ))}
      </Radio.Group>
    </section>
  );
}
