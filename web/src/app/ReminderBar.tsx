import { App, Button } from "antd";
import { useState } from "react";
import { askForDesktop } from "@/kit/desktop";
import { changeSettings } from "@/kit/settings";
import { beep } from "@/kit/sound";
import { useWords } from "@/kit/words";
import { shallAsk, wasAsked } from "./reminders";
import { words } from "./words";

/** Sound and notices need a click before a browser lets them be: the desk asks for it once. */
export function ReminderBar() {
  const said = useWords(words);
  const { message } = App.useApp();
  const [open, setOpen] = useState(() => shallAsk());
  if (!open) return null;
  const close = () => {
    wasAsked();
    setOpen(false);
  };
  const turnOn = async () => {
    close();
    changeSettings({ sound: true });
    beep("urgent");
    const desktop = await askForDesktop();
    changeSettings({ desktop });
    void message.info(desktop ? said.remindDone : said.remindNoDesktop, 6);
  };
  return (
    <section className="remind-bar" aria-label={said.remind}>
      <span>{said.remind}</span>
      <Button size="small" type="primary" onClick={() => void turnOn()}>
        {said.remindOn}
      </Button>
      <Button size="small" onClick={close}>
        {said.remindLater}
      </Button>
    </section>
  );
}
