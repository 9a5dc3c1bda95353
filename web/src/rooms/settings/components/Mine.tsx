import { Button, Segmented, Select, Switch } from "antd";
import { type ReactNode, useState } from "react";
import { askForDesktop, desktopState } from "@/kit/desktop";
import { changeSettings, useSettings } from "@/kit/settings";
import { beep } from "@/kit/sound";
import { useWords } from "@/kit/words";
import { words } from "../words";
import { MyPassword } from "./MyPassword";

/** What this browser remembers for me. */
export function Mine() {
  const said = useWords(words);
  const { language, theme, sendKey, sound } = useSettings();
  const choices = <T extends string>(names: Record<T, string>) =>
    (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }));
  return (
    <section aria-label={said.mine}>
      <h2>{said.mine}</h2>
      <Setting name={said.language}>
        <Segmented
          value={language}
          options={choices(said.languages)}
          onChange={(now) => changeSettings({ language: now })}
        />
      </Setting>
      <Setting name={said.theme}>
        <Segmented
          value={theme}
          options={choices(said.themes)}
          onChange={(now) => changeSettings({ theme: now })}
        />
      </Setting>
      <Setting name={said.sendKey}>
        <Select
          value={sendKey}
          aria-label={said.sendKey}
          popupMatchSelectWidth={false}
          options={choices(said.sendKeys)}
          onChange={(now) => changeSettings({ sendKey: now })}
        />
      </Setting>
      <Setting name={said.sound} hint={said.soundHint}>
        <Switch
          checked={sound}
          aria-label={said.sound}
          onChange={(now) => {
            changeSettings({ sound: now });
            if (now) beep("urgent");
          }}
        />
        <Button size="small" onClick={() => beep("urgent")}>
          {said.tryIt}
        </Button>
      </Setting>
      <Desktop />
      <Setting name={said.password} hint={said.passwordHint}>
        <MyPassword />
      </Setting>
    </section>
  );
}

/** Asks the browser for leave to show notices. */
function Desktop() {
  const said = useWords(words);
  const { desktop } = useSettings();
  const [state, setState] = useState(desktopState);
  const become = async (wanted: boolean) => {
    changeSettings({ desktop: wanted && (await askForDesktop()) });
    setState(desktopState());
  };
  const hints = { granted: said.desktopHint, default: said.desktopHint, denied: said.desktopDenied };
  return (
    <Setting name={said.desktop} hint={state === "missing" ? said.desktopMissing : hints[state]}>
      <Switch
        checked={desktop && state === "granted"}
        disabled={state === "missing"}
        aria-label={said.desktop}
        onChange={(now) => void become(now)}
      />
    </Setting>
  );
}

function Setting({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="setting">
      <span className="setting-name">{name}</span>
      <span className="setting-value">
        {children}
        {hint && <span className="faint">{hint}</span>}
      </span>
    </div>
  );
}
