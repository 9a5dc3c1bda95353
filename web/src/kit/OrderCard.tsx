import { useState } from "react";
import type { Order, Parcel } from "@/api/shapes";
import { ago, moment, yuan } from "./format";
import { defineWords, type Language, useLanguage, useWords } from "./words";

const words = defineWords(
  {
    states: {
      unpaid: "待付款",
      paid: "待发货",
      shipped: "已发货",
      signed: "已签收",
      done: "已完成",
      closed: "已关闭",
    } as Record<string, string>,
    parcels: {
      collected: "已揽收",
      moving: "运输中",
      stuck: "停滞",
      delivering: "派送中",
      signed: "已签收",
      returned: "已退回",
    } as Record<string, string>,
    after: { return_refund: "退货退款", refund_only: "仅退款", exchange: "换货" } as Record<string, string>,
    still: (time: string) => `${time}没有动静`,
    allSteps: (n: number) => `全部 ${n} 步`,
    fewer: "收起",
    afterSale: "售后",
    to: "收件",
  },
  {
    states: {
      unpaid: "unpaid",
      paid: "to ship",
      shipped: "shipped",
      signed: "signed for",
      done: "done",
      closed: "closed",
    } as Record<string, string>,
    parcels: {
      collected: "collected",
      moving: "on its way",
      stuck: "stuck",
      delivering: "out for delivery",
      signed: "signed for",
      returned: "returned",
    } as Record<string, string>,
    after: { return_refund: "return", refund_only: "refund only", exchange: "exchange" } as Record<
      string,
      string
    >,
    still: (time: string) => `no scan for ${time}`,
    allSteps: (n: number) => `all ${n} steps`,
    fewer: "fewer",
    afterSale: "After-sale",
    to: "To",
  },
);

/** What the states of an order are called. */
export function useOrderStates(): Record<string, string> {
  return useWords(words).states;
}

/** The digits by which people tell orders apart. */
export const shortNumber = (id: string): string => id.slice(-10);

export function OrderCard({ order, open = false }: { order: Order; open?: boolean }) {
  const said = useWords(words);
  const language = useLanguage();
  return (
    <article className="order-card" aria-label={order.id}>
      <div className="order-head">
        <b title={order.id}>#{shortNumber(order.id)}</b>
        <span className="chip">{said.states[order.state] ?? order.state}</span>
      </div>
      <div className="faint">
        {moment(order.placedAt, language)} · {yuan(order.total)}
      </div>
      {order.lines.map((line) => (
        <div className="order-line" key={`${line.sku}`}>
          <span title={line.name}>{line.name}</span>
          <span className="quiet">
            {yuan(line.price)} ×{line.quantity}
          </span>
        </div>
      ))}
      {order.afterSales.map((one) => (
        <div key={one.id} className="order-line">
          <span>
            {said.afterSale}：{said.after[one.kind] ?? one.kind} · {one.reason}
          </span>
          <span className="quiet">
            {one.state} {yuan(one.amount)}
          </span>
        </div>
      ))}
      {order.address && (
        <div className="order-line faint">
          <span title={order.address}>
            {said.to} {order.address}
          </span>
        </div>
      )}
      {order.parcels.map((parcel) => (
        <Track key={parcel.id} parcel={parcel} open={open} />
      ))}
    </article>
  );
}

/** Where a parcel has been, newest first; a long silence is said in words. */
function Track({ parcel, open }: { parcel: Parcel; open: boolean }) {
  const said = useWords(words);
  const language: Language = useLanguage();
  const [all, setAll] = useState(false);
  const steps = [...parcel.track].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const shown = all ? steps : steps.slice(0, open ? 3 : 1);
  const newest = steps[0];
  return (
    <section aria-label={parcel.tracking}>
      <div className="order-head">
        <span className="quiet">
          {parcel.courier} {parcel.tracking}
        </span>
        <span className="chip">{said.parcels[parcel.state] ?? parcel.state}</span>
      </div>
      {parcel.state === "stuck" && newest && <b>{said.still(ago(newest.at, language))}</b>}
      <ol className="track">
        {shown.map((step) => (
          <li key={`${step.at}${step.words}`}>
            {step.words}
            <div className="faint">
              {moment(step.at, language)} {step.place}
            </div>
          </li>
        ))}
      </ol>
      {steps.length > shown.length || all ? (
        <button type="button" className="plain quiet" onClick={() => setAll(!all)}>
          {all ? said.fewer : said.allSteps(steps.length)}
        </button>
      ) : null}
    </section>
  );
}
