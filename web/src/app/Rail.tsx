import { QuestionCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Avatar, Badge, Dropdown, Tooltip } from "antd";
import { meAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { comboFor, shownCombo } from "@/kit/keys";
import type { Room } from "@/kit/room";
import { useGo } from "@/kit/route";
import { changeSettings } from "@/kit/settings";
import { useShade } from "@/kit/theme";
import { useLanguage, useWords } from "@/kit/words";
import { roomsFor } from "./rooms";
import { changeState, signOut } from "./welcome";
import { words } from "./words";

const STATE_COLOURS: Record<string, string> = { online: "var(--accent)", busy: "var(--ink)" };
const STATES = ["online", "busy", "away", "offline"] as const;

export function Rail({ onPalette, onKeys }: { onPalette: () => void; onKeys: () => void }) {
  const said = useWords(words);
  const me = useMe();
  const keys = shownCombo(comboFor("palette"));
  return (
    <nav className="rail" aria-label={said.rail}>
      <div className="rail-mark" aria-hidden="true">
        地基
      </div>
      {roomsFor(me.role).map((room) => (
        <RailLink key={room.path} room={room} />
      ))}
      <span className="rail-space" />
      <Tooltip title={`${said.palette} ${keys}`} placement="right">
        <button
          type="button"
          className="plain rail-item rail-wide"
          aria-label={said.palette}
          onClick={onPalette}
        >
          <SearchOutlined />
        </button>
      </Tooltip>
      <Tooltip title={`${said.keys} ${shownCombo(comboFor("help"))}`} placement="right">
        <button type="button" className="plain rail-item rail-wide" aria-label={said.keys} onClick={onKeys}>
          <QuestionCircleOutlined />
        </button>
      </Tooltip>
      <Myself />
    </nav>
  );
}

function RailLink({ room }: { room: Room }) {
  const language = useLanguage();
  const Icon = room.icon;
  return (
    <Link to={`/${room.path}` as string} className="rail-item" activeProps={{ "aria-current": "page" }}>
      <RailBadge count={room.badge}>
        <Icon />
      </RailBadge>
      <span>{room[language]}</span>
    </Link>
  );
}

function RailBadge({ count, children }: { count: (() => number) | undefined; children: React.ReactNode }) {
  return count ? <Counted count={count}>{children}</Counted> : children;
}

function Counted({ count, children }: { count: () => number; children: React.ReactNode }) {
  return (
    <Badge count={count()} size="small" overflowCount={99} color="var(--ink-2)">
      <span className="rail-icon">{children}</span>
    </Badge>
  );
}

function Myself() {
  const said = useWords(words);
  const me = useMe();
  const client = useQueryClient();
  const go = useGo();
  const shade = useShade();
  const language = useLanguage();
  const { message } = App.useApp();
  const become = async (state: string) => {
    try {
      await changeState(state);
      await client.invalidateQueries({ queryKey: meAsk.queryKey });
    } catch (error) {
      void message.error(wordsOf(error));
    }
  };
  const leave = async () => {
    await signOut().catch(() => undefined);
    location.assign("/sign-in");
  };
  const items = [
    { key: "me", label: `${me.name} · ${said.roles[me.role]}`, disabled: true },
    ...STATES.map((state) => ({
      key: state,
      label: <StateWord state={state} word={said[state]} chosen={me.state === state} />,
      onClick: () => void become(state),
    })),
    { type: "divider" as const },
    {
      key: "theme",
      label: shade === "dark" ? said.light : said.dark,
      onClick: () => changeSettings({ theme: shade === "dark" ? "light" : "dark" }),
    },
    {
      key: "language",
      label: language === "zh" ? said.toEnglish : said.toChinese,
      onClick: () => changeSettings({ language: language === "zh" ? "en" : "zh" }),
    },
    {
      key: "password",
      label: said.changePassword,
      onClick: () => go({ room: "settings", id: "mine", filters: { change: "password" } }),
    },
    { key: "out", label: said.signOut, onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="topRight">
      <button
        type="button"
        className="plain rail-item"
        aria-label={`${me.name}, ${said.roles[me.role]}, ${said.myState}`}
      >
        <Badge dot offset={[-3, 22]} color={STATE_COLOURS[me.state]}>
          <Avatar size={26} className="rail-avatar">
            {me.name.slice(-1)}
          </Avatar>
        </Badge>
        <span>{said[me.state as keyof typeof said] as string} ▾</span>
      </button>
    </Dropdown>
  );
}

function StateWord({ state, word, chosen }: { state: string; word: string; chosen: boolean }) {
  return (
    <span>
      <Badge color={STATE_COLOURS[state] ?? "var(--ink-3)"} /> {word} {chosen && "✓"}
    </span>
  );
}
