import { useQueries, useQuery } from "@tanstack/react-query";
import { type Ref, useDeferredValue, useImperativeHandle, useMemo, useState } from "react";
import { knowledgeAsk, ordersAsk } from "@/api/asks";
import type { Conversation } from "@/api/shapes";
import { yuan } from "@/kit/format";
import { shortNumber, useOrderStates } from "@/kit/OrderCard";
import { movedBy } from "@/kit/pointer";
import { useWords } from "@/kit/words";
import type { Wanted } from "../composing";
import { productAsk, productsAsk, scriptsAsk } from "../queries";
import { findPhrases } from "../scripts";
import { words } from "../words";

export interface InsertMenuRef {
  /** Whether the key was for the menu. */
  press: (event: React.KeyboardEvent) => boolean;
}

interface Item {
  id: string;
  title: string;
  text: string;
  /** What is read beside the title, where it is not the text itself. */
  hint?: string;
}

interface Props {
  ref: Ref<InsertMenuRef>;
  wanted: Wanted;
  query: string;
  conversation: Conversation;
  onChoose: (text: string) => void;
  onClose: () => void;
}

const USES = { script: usePhrases, order: useOrders, product: useProducts };

/** What `/`, `#` and `$` open. Each sign mounts its own menu, so that it asks only for its own kind. */
export function InsertMenu(props: Props) {
  return <Menu key={props.wanted} {...props} use={USES[props.wanted]} />;
}

function Menu(props: Props & { use: (query: string, about: Conversation) => Item[] }) {
  const { ref, wanted, query, conversation, onChoose, onClose, use } = props;
  const said = useWords(words);
  const [chosen, setChosen] = useState(0);
  const shown = use(query, conversation);
  const at = Math.min(chosen, shown.length - 1);
  useImperativeHandle(ref, () => ({
    press: (event) => {
      if (event.key === "Escape") onClose();
      else if (event.key === "ArrowDown") setChosen((at + 1) % Math.max(1, shown.length));
      else if (event.key === "ArrowUp") setChosen((at - 1 + shown.length) % Math.max(1, shown.length));
      else if ((event.key === "Enter" || event.key === "Tab") && shown[at]) onChoose(shown[at].text);
      else return false;
      event.preventDefault();
      return true;
    },
  }));
  const { title, hint } = said.menus[wanted];
  return (
    <div className="slash">
      <p className="slash-head faint">
        {title} · {shown.length > 0 || query === "" ? hint : said.emptyFound}
      </p>
      <div role="listbox" aria-label={title}>
        {shown.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer hands its keys to this list
          <div
            key={one.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="slash-item"
            onPointerMove={(event) => movedBy(event) && setChosen(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(one.text)}
          >
            <b>{one.title}</b>
            <span className="quiet">{one.hint ?? one.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function usePhrases(query: string, { shopId }: Conversation): Item[] {
  const asked = useDeferredValue(query);
  const { data: scripts } = useQuery(scriptsAsk);
  const { data: hits } = useQuery(knowledgeAsk(asked, shopId));
  return useMemo(() => {
    const articles = (hits ?? []).map(({ article }) => article);
    return findPhrases(scripts ?? [], articles, query);
  }, [scripts, hits, query]);
}

/** This consumer's orders alone: nobody else's number can slip in. They are called as in the right pane. */
function useOrders(query: string, { consumerId }: Conversation): Item[] {
  const { data: orders } = useQuery(ordersAsk(consumerId));
  const states = useOrderStates();
  return (orders ?? [])
    .map(({ id, state, lines, total }) => ({
      id,
      title: `#${shortNumber(id)}`,
      text: id,
      hint: [lines.map(({ name }) => name).join("、"), states[state] ?? state, yuan(total)].join(" · "),
    }))
    .filter(({ id, hint }) => `${id} ${hint}`.includes(query))
    .slice(0, MOST);
}

const MOST = 8;

/** The goods of this consumer's orders first, then whatever the shop sells. */
function useProducts(query: string, { consumerId }: Conversation): Item[] {
  const asked = useDeferredValue(query);
  const { data: orders } = useQuery(ordersAsk(consumerId));
  const codes = [...new Set((orders ?? []).flatMap(({ lines }) => lines.map(({ product }) => product)))];
  const bought = useQueries({ queries: codes.slice(0, MOST).map((code) => productAsk(code)) });
  const { data: found } = useQuery(productsAsk(asked));
  const own = bought.flatMap(({ data }) => data ?? []).filter(({ name }) => name.includes(query));
  const all = new Map([...own, ...(query ? (found ?? []) : [])].map((one) => [one.code, one]));
  return [...all.values()].slice(0, MOST).map(({ code, name, price, sellingPoints }) => ({
    id: code,
    title: name,
    text: name,
    hint: [yuan(price), ...sellingPoints.slice(0, 1)].join(" · "),
  }));
}
