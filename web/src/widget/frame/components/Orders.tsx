/** @jsxImportSource preact */
/** The visitor's own orders: to choose one, and to show the one that a message names. */

import { useEffect, useState } from "preact/hooks";
import type { Words } from "../language";
import { orderWords, yuan } from "../rules/words";
import type { Talk } from "../talk";
import type { Order } from "../wire";
import { Sheet } from "./Viewer";

let asked: { token: string; orders: Promise<Order[]> } | null = null;

/** Once per visitor; a server without the route has no orders. */
export function ordersOf(talk: Talk): Promise<Order[]> {
  const { token } = talk.wire;
  if (asked?.token !== token) {
    const orders = talk.wire.orders().then((found) => (Array.isArray(found) ? found : []));
    asked = { token, orders: orders.catch(() => []) };
  }
  return asked.orders;
}

export function useOrders(talk: Talk, wanted: boolean): Order[] {
  const [orders, setOrders] = useState<Order[]>([]);
  useEffect(() => {
    let gone = false;
    if (wanted) void ordersOf(talk).then((found) => gone || setOrders(found));
    return () => {
      gone = true;
    };
  }, [talk, wanted]);
  return orders;
}

interface SheetProps {
  talk: Talk;
  words: Words;
  orders: Order[];
  close: () => void;
}

export function OrderSheet({ talk, words, orders, close }: SheetProps) {
  const send = (id: string) => {
    talk.say(orderWords(id));
    close();
  };
  return (
    <Sheet kind="sheet" label={words.ordersTitle} words={words} close={close}>
      <h2>{words.ordersTitle}</h2>
      <ul>
        {orders.map((order) => (
          <li key={order.id}>
            <OrderLines order={order} words={words} />
            <button type="button" class="filled" onClick={() => send(order.id)}>
              {words.sendOrder}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

export function OrderCard({ id, talk, words }: { id: string; talk: Talk; words: Words }) {
  const order = useOrders(talk, true).find((one) => one.id === id);
  if (!order) return <p class="text">{orderWords(id)}</p>;
  return (
    <div class="card">
      <OrderLines order={order} words={words} />
    </div>
  );
}

function OrderLines({ order, words }: { order: Order; words: Words }) {
  return (
    <div class="order">
      <p class="state">
        <span>{order.id}</span>
        <b>{words.orderStates[order.state] ?? order.state}</b>
      </p>
      <p class="goods">{order.names.join("、")}</p>
      <p>¥{yuan(order.total)}</p>
    </div>
  );
}
