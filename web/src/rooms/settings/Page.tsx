import { Tabs } from "antd";
import { useMe } from "@/api/asks";
import { useGo, useRoomId } from "@/kit/route";
import { useWords } from "@/kit/words";
import { Company } from "./components/Company";
import { Keys } from "./components/Keys";
import { Members } from "./components/Members";
import { Mine } from "./components/Mine";
import { Shops } from "./components/Shops";
import "./settings.css";
import { type Tab, tabOf, tabsFor } from "./tabs";
import { words } from "./words";

const SECTIONS: Record<Tab, () => React.ReactNode> = { team: Team, mine: Mine, keys: Keys };

/** The tab stands in the address: /settings/team. */
export default function Page() {
  const said = useWords(words);
  const tabs = tabsFor(useMe().role);
  const go = useGo();
  const tab = tabOf(useRoomId(), tabs);
  return (
    <div className="page settings">
      <div className="page-head">
        <h1>{said.title}</h1>
      </div>
      <Tabs
        activeKey={tab}
        onChange={(key) => go({ room: "settings", id: key, replace: true })}
        items={tabs.map((key) => {
          const Section = SECTIONS[key];
          return { key, label: said.tabs[key], children: <Section /> };
        })}
      />
    </div>
  );
}

function Team() {
  return (
    <>
      <Members />
      <Shops />
      <Company />
    </>
  );
}
