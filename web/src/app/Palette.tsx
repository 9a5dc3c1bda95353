import { useQuery } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import { useMe } from "@/api/asks";
import { api, ask } from "@/api/client";
import { type Command, useAllCommands } from "@/kit/commands";
import { isComposing } from "@/kit/keys";
import { movedBy } from "@/kit/pointer";
import { useGo } from "@/kit/route";
import { changeSettings } from "@/kit/settings";
import { useShade } from "@/kit/theme";
import { useLanguage, useWords } from "@/kit/words";
import { roomsFor } from "./rooms";
import { words } from "./words";

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

/** ⌘/Ctrl+K: goes anywhere and does anything. */
export default function Palette({ onClose, onKeys }: Props) {
  const said = useWords(words);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const shown = useShown(useDeferredValue(text), onKeys);
  const at = Math.min(chosen, shown.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: React.KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((at + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter") run(shown[at]);
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={560}
      className="palette"
      style={{ top: 72 }}
    >
      <Input
        autoFocus
        variant="borderless"
        size="large"
        placeholder={said.paletteHint}
        aria-label={said.palette}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown[at] ? `palette-${at}` : undefined}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <div id="palette-list" role="listbox" aria-label={said.palette} className="palette-list">
        {shown.map((command, index) => (
          <div
            key={command.id}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-item"
            onPointerMove={(event) => movedBy(event) && setChosen(index)}
            onClick={() => run(command)}
            onKeyDown={press}
          >
            <span>{command.title}</span>
            <span className="faint">{command.hint}</span>
          </div>
        ))}
        {shown.length === 0 && <p className="palette-empty faint">{said.nothingFound}</p>}
      </div>
    </Modal>
  );
}

function useShown(text: string, onKeys: () => void): Command[] {
  const fixed = useFixed(onKeys);
  const offered = useAllCommands();
  const people = useFound(text.trim());
  return useMemo(() => {
    const words = text.trim().toLowerCase();
    const fits = ({ title, id }: Command) => `${title} ${id}`.toLowerCase().includes(words);
    return [...[...offered, ...fixed].filter(fits), ...people].slice(0, 40);
  }, [text, fixed, offered, people]);
}

function useFixed(onKeys: () => void): Command[] {
  const said = useWords(words);
  const language = useLanguage();
  const shade = useShade();
  const me = useMe();
  const go = useGo();
  return useMemo(
    () => [
      ...roomsFor(me.role).map((room) => ({
        id: `go ${room.path} ${room.en}`,
        title: room[language],
        hint: said.goTo,
        run: () => go({ room: room.path }),
      })),
      {
        id: "theme dark light",
        title: shade === "dark" ? said.light : said.dark,
        run: () => changeSettings({ theme: shade === "dark" ? "light" : "dark" }),
      },
      {
        id: "language english chinese 中文",
        title: language === "zh" ? said.toEnglish : said.toChinese,
        run: () => changeSettings({ language: language === "zh" ? "en" : "zh" }),
      },
      { id: "keys shortcuts 快捷键", title: said.keys, run: onKeys },
    ],
    [said, language, shade, me.role, go, onKeys],
  );
}

/** People and conversations by what was typed. */
function useFound(q: string): Command[] {
  const said = useWords(words);
  const go = useGo();
  const enabled = q.length > 0;
  const consumers = useQuery({
    queryKey: ["palette", "consumers", q],
    queryFn: () => ask(api.GET("/api/consumers", { params: { query: { q, limit: 6 } } })),
    enabled,
  });
  const talks = useQuery({
    queryKey: ["palette", "conversations", q],
    queryFn: () => ask(api.GET("/api/conversations", { params: { query: { tab: "open", q } } })),
    enabled,
  });
  return useMemo(() => {
    if (!enabled) return [];
    const open = (talks.data?.conversations ?? []).slice(0, 6).map((talk) => ({
      id: talk.id,
      title: `${talk.consumerName || talk.id}  ${talk.lastText}`.slice(0, 60),
      hint: said.conversation,
      run: () => go({ room: "desk", id: talk.id }),
    }));
    const people = (consumers.data ?? []).map((one) => ({
      id: one.id,
      title: `${one.name} ${one.place}`,
      hint: said.consumer,
      run: () => go({ room: "consumers", id: one.id }),
    }));
    return [...open, ...people];
  }, [enabled, talks.data, consumers.data, said, go]);
}
