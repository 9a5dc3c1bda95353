import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { type ReactNode, useState } from "react";
import { common } from "@/kit/common";
import { platformName } from "@/kit/platforms";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { rate, signed, stars, whole } from "../figures";
import { howWords } from "../howWords";
import { type ProductOrder, platformsAsk, productsAsk } from "../queries";
import { type Change, holds, NO_PRODUCT, whichOf, without } from "../question";
import type { Line } from "../shapes";
import { useQuestion } from "../useQuestion";
import { words } from "../words";
import { Panel } from "./Panel";

export function Platforms() {
  const said = useWords(words);
  const how = useWords(howWords);
  const language = useLanguage();
  const { question, today } = useQuestion();
  const asked = useQuery(platformsAsk(whichOf(without(question, "platform", "verdict", "handled"), today)));
  return (
    <Panel title={said.platforms} how={how.tables} asked={asked} rows={4}>
      {(lines) => (
        <Table
          head={said.platform}
          lines={lines}
          part="platform"
          nameOf={({ id }) => platformName(id, language) || said.noName}
        />
      )}
    </Panel>
  );
}

const ORDERS: ProductOrder[] = ["count", "bad", "falling"];
const FIRST = 10;

export function Products() {
  const said = useWords(words);
  const all = useWords(common);
  const how = useWords(howWords);
  const { question, today } = useQuestion();
  const [order, setOrder] = useState<ProductOrder>("count");
  const [entire, setEntire] = useState(false);
  const asked = useQuery(
    productsAsk({ ...whichOf(without(question, "product", "verdict", "handled"), today), order }),
  );
  const sorter = (
    <Select<ProductOrder>
      size="small"
      variant="borderless"
      aria-label={said.order}
      popupMatchSelectWidth={false}
      value={order}
      onChange={setOrder}
      options={ORDERS.map((value) => ({ value, label: said.orders[value] }))}
    />
  );
  return (
    <Panel title={said.products} how={how.tables} asked={asked} rows={6} extra={sorter}>
      {(lines) => (
        <>
          <Table
            head={said.product}
            lines={entire ? lines : lines.slice(0, FIRST)}
            part="product"
            nameOf={({ name }) => name || said.noName}
          />
          {!entire && lines.length > FIRST && (
            <Button size="small" type="link" onClick={() => setEntire(true)}>
              {all.more}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

interface TableProps {
  head: string;
  lines: Line[];
  part: "platform" | "product";
  nameOf: (line: Line) => string;
}

/** Every figure opens to its reviews. */
function Table({ head, lines, part, nameOf }: TableProps) {
  const said = useWords(words);
  if (lines.length === 0) return <Teach title={said.noneFound}>{said.noneFoundHint}</Teach>;
  return (
    <div className="rev-scroll">
      <table className="rev-table rev-lines">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {[
              said.tiles.count,
              said.tiles.good,
              said.change,
              said.tiles.bad,
              said.tiles.stars,
              said.tiles.open,
            ].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.id} line={line} part={part} name={nameOf(line)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const EVERY: Change = { verdict: undefined, handled: undefined };

function Row({
  line: { id, now, change },
  part,
  name,
}: {
  line: Line;
  part: TableProps["part"];
  name: string;
}) {
  const said = useWords(words);
  const { question, toggle } = useQuestion();
  const value = id || NO_PRODUCT;
  const figure = (shown: ReactNode, label: string, more: Change) => {
    const full = { [part]: value, ...more };
    return (
      <button
        type="button"
        className="plain"
        aria-label={`${name} ${label} ${shown}`}
        aria-pressed={holds(question, full)}
        onClick={() => toggle(full)}
      >
        {shown}
      </button>
    );
  };
  const tone = !change ? "plain" : change > 0 ? "good" : "bad";
  return (
    <tr aria-current={question[part] === value || undefined}>
      <th scope="row" title={name}>
        <button
          type="button"
          className="plain rev-cut"
          aria-pressed={holds(question, { [part]: value })}
          onClick={() => toggle({ [part]: value })}
        >
          {name}
        </button>
      </th>
      <td>{figure(whole(now.count), said.tiles.count, EVERY)}</td>
      <td>{figure(rate(now.goodRate), said.tiles.good, { ...EVERY, verdict: "good" })}</td>
      <td className={`rev-tone-${tone}`}>{change === null ? "–" : said.points(signed(change * 100, 1))}</td>
      <td>{figure(rate(now.badRate), said.tiles.bad, { ...EVERY, verdict: "bad" })}</td>
      <td>{stars(now.stars)}</td>
      <td>{figure(whole(now.open), said.tiles.open, { verdict: "bad", handled: "no" })}</td>
    </tr>
  );
}
