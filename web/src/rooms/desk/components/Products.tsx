import { useQueries, useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { ordersAsk } from "@/api/asks";
import type { Product } from "@/api/shapes";
import { yuan } from "@/kit/format";
import { useWords } from "@/kit/words";
import { insert } from "../composing";
import { panelWords } from "../panelWords";
import { productAsk, productsAsk } from "../queries";
import { Block } from "./ConsumerPanel";

const SHOWN = 3;

/** What the talk may be about: the goods of the newest orders, or what is searched. */
export function Products({ consumerId, conversationId }: { consumerId: string; conversationId: string }) {
  const said = useWords(panelWords);
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const { data: orders } = useQuery(ordersAsk(consumerId));
  const codes = [...new Set((orders ?? []).flatMap(({ lines }) => lines.map(({ product }) => product)))];
  const bought = useQueries({ queries: codes.slice(0, SHOWN).map((code) => productAsk(code)) });
  const { data: found } = useQuery(productsAsk(q));
  const shown = q ? (found ?? []).slice(0, 8) : bought.flatMap(({ data }) => data ?? []);
  return (
    <Block title={said.products}>
      <Input
        size="small"
        allowClear
        value={text}
        placeholder={said.findProduct}
        aria-label={said.findProduct}
        onChange={({ target }) => setText(target.value)}
      />
      {shown.map((product) => (
        <ProductCard key={product.code} product={product} conversationId={conversationId} />
      ))}
    </Block>
  );
}

function ProductCard({ product, conversationId }: { product: Product; conversationId: string }) {
  const said = useWords(panelWords);
  const facts: [string, string][] = [
    ...Object.entries(product.attributes).map(([key, value]): [string, string] => [key, String(value)]),
    [said.points, product.sellingPoints.join("；")],
    [said.goodFor, product.goodFor.join("；")],
    [said.notFor, product.notFor.join("；")],
    [said.stock, product.skus.map((sku) => `${String(sku.name)} ${String(sku.stock)}`).join("；")],
  ];
  return (
    <details className="product">
      <summary>
        {product.name} <span className="quiet">{yuan(product.price)}</span>
      </summary>
      <dl>
        {facts
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <div key={key} style={{ display: "contents" }}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Button size="small" onClick={() => insert({ conversationId, text: product.name })}>
        {said.insertName}
      </Button>
    </details>
  );
}
