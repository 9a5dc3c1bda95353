import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { consumerAsk, historyAsk, ordersAsk, useNames, useShop } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Consumer } from "@/api/shapes";
import { common } from "@/kit/common";
import { moment } from "@/kit/format";
import { Feeling, PlatformMark } from "@/kit/Marks";
import { OrderCard } from "@/kit/OrderCard";
import { useGo } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { words } from "../words";

export function Detail({ id }: { id: string }) {
  const all = useWords(common);
  const go = useGo();
  const { data: who, error } = useQuery(consumerAsk(id));
  return (
    <>
      <Button
        type="text"
        className="people-back"
        icon={<ArrowLeftOutlined />}
        onClick={() => go({ room: "consumers" })}
      >
        {all.back}
      </Button>
      {error && <Teach title={wordsOf(error)} />}
      {!who && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {who && <Known who={who} />}
    </>
  );
}

function Known({ who }: { who: Consumer }) {
  const said = useWords(words);
  const language = useLanguage();
  const shop = useShop(who.shopId);
  const facts: [string, string][] = [
    [said.shop, shop?.name ?? who.shopId],
    [said.place, who.place],
    [said.first, moment(who.firstSeenAt, language)],
    [said.last, moment(who.lastSeenAt, language)],
    [said.tags, who.tags.join("、")],
    [said.remark, who.remark],
  ];
  return (
    <>
      <div className="page-head">
        <h1>{who.name}</h1>
        <PlatformMark shop={shop} long />
      </div>
      <dl className="people-facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className="people-columns">
        <Orders id={who.id} />
        <Talks id={who.id} />
      </div>
    </>
  );
}

function Orders({ id }: { id: string }) {
  const said = useWords(words);
  const { data } = useQuery(ordersAsk(id));
  return (
    <section aria-label={said.orders}>
      <h2>
        {said.orders} {data?.length ?? ""}
      </h2>
      {data?.length === 0 && <p className="faint">{said.noOrders}</p>}
      {data?.map((order, at) => (
        <OrderCard key={order.id} order={order} open={at === 0} />
      ))}
    </section>
  );
}

function Talks({ id }: { id: string }) {
  const said = useWords(words);
  const language = useLanguage();
  const go = useGo();
  const name = useNames();
  const { data } = useQuery(historyAsk(id));
  return (
    <section aria-label={said.talks}>
      <h2>
        {said.talks} {data?.length ?? ""}
      </h2>
      {data?.length === 0 && <p className="faint">{said.noTalks}</p>}
      {data?.map((one) => (
        <button
          type="button"
          key={one.id}
          className="plain people-row"
          onClick={() => go({ room: "desk", id: one.id })}
        >
          <span className="people-line">
            <span className="faint">{moment(one.openedAt, language)}</span>
            <Feeling of={one.emotion} word />
            {one.intent && <span className="chip">{name("intents", one.intent)}</span>}
            <span className="people-space" />
            {!one.closedAt && <span className="chip">{said.open}</span>}
          </span>
          <span className="people-remark quiet">{one.lastText}</span>
        </button>
      ))}
    </section>
  );
}
