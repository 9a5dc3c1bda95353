import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { consumerAsk, historyAsk, ordersAsk } from "@/api/asks";
import { common } from "@/kit/common";
import { ago, day, moment, yuan } from "@/kit/format";
import { Feeling } from "@/kit/Marks";
import { OrderCard } from "@/kit/OrderCard";
import { useGo } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { panelWords } from "../panelWords";
import { conversationAsk } from "../queries";
import { Products } from "./Products";
import { Remark } from "./Remark";

/** Who the consumer is, what they bought and where it is, what colleagues know of them. */
export function ConsumerPanel({ id, onBack }: { id: string; onBack?: (() => void) | undefined }) {
  const all = useWords(common);
  const { data: conversation } = useQuery(conversationAsk(id));
  return (
    <aside className="panel">
      {onBack && (
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack}>
          {all.back}
        </Button>
      )}
      {conversation ? (
        <>
          <Who consumerId={conversation.consumerId} />
          <Orders consumerId={conversation.consumerId} />
          <Products consumerId={conversation.consumerId} conversationId={id} />
          <Remark consumerId={conversation.consumerId} />
          <History consumerId={conversation.consumerId} current={id} />
        </>
      ) : (
        <Skeleton active className="list-skeleton" paragraph={{ rows: 8 }} />
      )}
    </aside>
  );
}

export function Block({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel-block" aria-label={title}>
      <div className="panel-title">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

function Who({ consumerId }: { consumerId: string }) {
  const said = useWords(panelWords);
  const language = useLanguage();
  const { data: who } = useQuery(consumerAsk(consumerId));
  const { data: orders } = useQuery(ordersAsk(consumerId));
  if (!who) return <Skeleton active className="list-skeleton" paragraph={{ rows: 1 }} />;
  const paid = (orders ?? []).filter(({ state }) => state !== "unpaid" && state !== "closed");
  const sum = paid.reduce((total, order) => total + order.total, 0);
  return (
    <Block title={who.name} extra={<span className="quiet">{who.place}</span>}>
      <div className="quiet">
        {paid.length > 0 && `${said.ordersSum(paid.length, yuan(sum))} · `}
        {said.since(day(who.firstSeenAt, language))}
        {" · "}
        {said.lastSeen(ago(who.lastSeenAt, language))}
      </div>
    </Block>
  );
}

const FIRST = 2;

function Orders({ consumerId }: { consumerId: string }) {
  const said = useWords(panelWords);
  const [all, setAll] = useState(false);
  const { data: orders } = useQuery(ordersAsk(consumerId));
  const shown = all ? orders : orders?.slice(0, FIRST);
  return (
    <Block title={said.orders}>
      {orders?.length === 0 && <Teach title={said.noOrders}>{said.noOrdersHint}</Teach>}
      {shown?.map((order, at) => (
        <OrderCard key={order.id} order={order} open={at === 0} />
      ))}
      {orders && orders.length > FIRST && !all && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {said.allOrders(orders.length)}
        </Button>
      )}
    </Block>
  );
}

function History({ consumerId, current }: { consumerId: string; current: string }) {
  const said = useWords(panelWords);
  const language = useLanguage();
  const go = useGo();
  const { data } = useQuery(historyAsk(consumerId));
  return (
    <Block title={said.history}>
      {data && data.length <= 1 && <p className="faint">{said.noHistory}</p>}
      {data &&
        data.length > 1 &&
        data.map((one) => (
          <button
            type="button"
            key={one.id}
            className="plain panel-history"
            disabled={one.id === current}
            onClick={() => go({ room: "desk", id: one.id })}
          >
            <span>
              <span className="faint">{moment(one.openedAt, language)}</span>
              <Feeling of={one.emotion} word />
              {one.id === current && <span className="chip">{said.current}</span>}
            </span>
            <span className="row-text quiet">{one.lastText}</span>
          </button>
        ))}
    </Block>
  );
}
