import { ArrowLeftOutlined, MoreOutlined, ProfileOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import { useMe, useMembers, useShop } from "@/api/asks";
import type { Conversation } from "@/api/shapes";
import { common } from "@/kit/common";
import { comboFor, shownCombo } from "@/kit/keys";
import { Countdown, Feeling, MachineMark, PlatformMark } from "@/kit/Marks";
import { useFilters, useGo } from "@/kit/route";
import { useWords } from "@/kit/words";
import { useLater } from "../later";
import { useReasons } from "../reasons";
import { useVerbs } from "../useVerbs";
import { words } from "../words";

interface Props {
  conversation: Conversation;
  phone: boolean;
  onPanel: () => void;
}

export function ThreadHead({ conversation: one, phone, onPanel }: Props) {
  const said = useWords(words);
  const all = useWords(common);
  const go = useGo();
  const filters = useFilters();
  const me = useMe();
  const reason = useReasons();
  const verbs = useVerbs(one);
  const shop = useShop(one.shopId);
  const mine = one.assigneeId === me.id;
  const keys = (key: Parameters<typeof comboFor>[0]) => shownCombo(comboFor(key));
  const items = [
    {
      key: "ai",
      label: `${said.toAi}  ${keys("toAi")}`,
      onClick: verbs.toAi,
      disabled: one.reception === "ai",
    },
    { key: "queue", label: said.toQueue, onClick: verbs.toQueue, disabled: one.reception === "waiting" },
    { key: "close", label: `${said.close}  ${keys("close")}`, onClick: verbs.end },
  ];
  return (
    <header className="thread-head">
      {phone && (
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={all.back}
          onClick={() => go({ room: "desk", filters: { tab: filters.tab } })}
        />
      )}
      <div className="thread-who">
        <div className="row-head">
          <h1 className="row-name">{one.consumerName || one.consumerId.slice(-6)}</h1>
          <PlatformMark shop={shop} long={!phone} />
          <Feeling of={one.emotion} word />
          {!one.closedAt && <Countdown until={one.deadlineAt} words={said.clock} />}
        </div>
        <div className="row-last faint">
          <Pen one={one} />
          {one.reception !== "ai" && one.whyPerson.length > 0 && (
            <span className="row-text">· {one.whyPerson.map(reason).join(said.comma)}</span>
          )}
        </div>
      </div>
      {!one.closedAt && (
        <>
          {!mine && (
            <Tooltip title={keys("take")}>
              <Button type="primary" onClick={verbs.take}>
                {one.reception === "person" ? said.takeOver : said.take}
              </Button>
            </Tooltip>
          )}
          {mine && !phone && (
            <>
              <Tooltip title={keys("toAi")}>
                <Button onClick={verbs.toAi}>{said.toAi}</Button>
              </Tooltip>
              <Tooltip title={keys("close")}>
                <Button onClick={verbs.end}>{said.close}</Button>
              </Tooltip>
            </>
          )}
          <Dropdown menu={{ items }} trigger={["click"]}>
            <Button type="text" icon={<MoreOutlined />} aria-label={all.more} />
          </Dropdown>
        </>
      )}
      <Tooltip title={keys("panel")}>
        <Button type="text" icon={<ProfileOutlined />} aria-label={said.panel} onClick={onPanel} />
      </Tooltip>
    </header>
  );
}

/** Who speaks in this thread now. */
function Pen({ one }: { one: Conversation }) {
  const said = useWords(words);
  const me = useMe();
  const members = useMembers();
  const soon = useLater(one.id);
  if (one.closedAt) return <span>{said.ended}</span>;
  if (soon) return <b className="pen-waits">{said.done[soon]}</b>;
  if (one.reception === "ai") {
    return (
      <>
        <MachineMark />
        <span>{said.aiServes}</span>
      </>
    );
  }
  if (one.reception === "waiting") return <b className="pen-waits">{said.waits}</b>;
  const who = members.get(one.assigneeId ?? "")?.name ?? said.colleague;
  return <span className="row-speaker">{one.assigneeId === me.id ? said.youServe : said.serves(who)}</span>;
}
