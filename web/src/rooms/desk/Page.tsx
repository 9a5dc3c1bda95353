import { useState } from "react";
import { comboFor, shownCombo, useKey } from "@/kit/keys";
import { Pane } from "@/kit/Panes";
import { useFilters, useGo, useRoomId } from "@/kit/route";
import { keep } from "@/kit/settings";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { ConsumerPanel } from "./components/ConsumerPanel";
import { ListPane } from "./components/ListPane";
import { ThreadPane } from "./components/ThreadPane";
import "./desk.css";
import "./thread.css";
import "./compose.css";
import { useLayout } from "./useLayout";
import { words } from "./words";

const PANEL = "diji.pane.panelShown";

/** Three panes; on a phone list → thread → panel as pages. */
export default function Page() {
  const said = useWords(words);
  const id = useRoomId();
  const go = useGo();
  const filters = useFilters();
  const layout = useLayout();
  const [wanted, setWanted] = useState(() => localStorage.getItem(PANEL) !== "no");
  const phone = layout === "phone";
  const onPanel = filters.panel === "1";
  const togglePanel = () => {
    if (layout !== "wide") {
      if (id) go({ room: "desk", id, filters: { ...filters, panel: onPanel ? undefined : "1" } });
      return;
    }
    keep(PANEL, wanted ? "no" : "yes");
    setWanted(!wanted);
  };
  useKey("panel", togglePanel);
  const page = phone ? (id ? (onPanel ? "panel" : "thread") : "list") : "all";
  const shows = (name: string) => page === "all" || page === name;
  const panelShown = id && (layout === "wide" ? wanted : onPanel);
  return (
    <div className={`desk desk-${layout}`}>
      {shows("list") && <ListShell phone={phone} label={said.list} />}
      {shows("thread") &&
        (id ? (
          <ThreadPane key={id} id={id} phone={phone} onPanel={togglePanel} />
        ) : (
          <section className="thread-pane thread-empty">
            <Teach title={said.choose}>
              {said.chooseHint(shownCombo(comboFor("next")), shownCombo(comboFor("urgent")))}
            </Teach>
          </section>
        ))}
      {id && panelShown && shows("panel") && (
        <PanelShell layout={layout} label={said.panel}>
          <ConsumerPanel key={id} id={id} onBack={layout === "wide" ? undefined : togglePanel} />
        </PanelShell>
      )}
    </div>
  );
}

function ListShell({ phone, label }: { phone: boolean; label: string }) {
  if (phone) return <ListPane />;
  return (
    <Pane name="desk.list" label={label} side="left" width={280} least={220} most={420}>
      <ListPane />
    </Pane>
  );
}

function PanelShell(props: { layout: string; label: string; children: React.ReactNode }) {
  if (props.layout !== "wide") return <div className="panel-over">{props.children}</div>;
  return (
    <Pane name="desk.panel" label={props.label} side="right" width={320} least={260} most={480}>
      {props.children}
    </Pane>
  );
}
