import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Select, Skeleton } from "antd";
import { useState } from "react";
import { useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Strategy, StrategyVersion } from "@/api/shapes";
import { useFilters, useGo } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { AnswerRules } from "./components/AnswerRules";
import { Leaving } from "./components/Leaving";
import { ModeChoice } from "./components/ModeChoice";
import { PersonRules } from "./components/PersonRules";
import { keepStrategy, strategyAsk } from "./queries";
import { sameRules } from "./rules";
import "./strategy.css";
import { words } from "./words";

/** What the machine may do, in plain sentences with switches. */
export default function Page() {
  const said = useWords(words);
  const me = useMe();
  const go = useGo();
  const shop = useFilters().shop ?? "";
  const { data, error } = useQuery(strategyAsk(shop));
  return (
    <div className="page strategy">
      <div className="page-head">
        <h1>{said.title}</h1>
        <Select
          value={shop}
          aria-label={said.scope}
          popupMatchSelectWidth={false}
          options={[
            { value: "", label: said.everyShop },
            ...me.shops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(one) => go({ room: "strategy", filters: { shop: one || undefined } })}
        />
        {data && <span className="faint">{said.version(data.version)}</span>}
        <span className="faint">{said.scopeHint}</span>
      </div>
      {error && <Teach title={wordsOf(error)} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 10 }} />}
      {data && <Rules key={`${shop} ${data.version}`} shop={shop} kept={data} />}
    </div>
  );
}

function Rules({ shop, kept }: { shop: string; kept: StrategyVersion }) {
  const said = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [strategy, setStrategy] = useState<Strategy>(kept.strategy);
  const [busy, setBusy] = useState(false);
  const changed = !sameRules(strategy, kept.strategy);
  const save = async (): Promise<boolean> => {
    setBusy(true);
    try {
      const now = await keepStrategy(shop, strategy);
      client.setQueryData(strategyAsk(shop).queryKey, now);
      void message.success(said.kept(now.version));
      return true;
    } catch (error) {
      void message.error(wordsOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const props = { strategy, onChange: setStrategy };
  return (
    <>
      <ModeChoice {...props} />
      {strategy.mode === "off" && <p className="strategy-note">{said.offNote}</p>}
      <PersonRules {...props} />
      <AnswerRules {...props} />
      <Leaving changed={changed} onSave={save} />
      {changed && (
        <div className="strategy-bar" role="status">
          <b>{said.unsaved}</b>
          <span className="strategy-space" />
          <Button onClick={() => setStrategy(kept.strategy)}>{said.discard}</Button>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {said.save}
          </Button>
        </div>
      )}
    </>
  );
}
