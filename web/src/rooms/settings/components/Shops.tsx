import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { meAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Shop } from "@/api/shapes";
import { PLATFORMS, platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { addShop } from "../actions";
import { widgetKeyAsk } from "../queries";
import { teamWords } from "../teamWords";
import { Copyable } from "./Copyable";
import { EditShop } from "./EditShop";

export function Shops() {
  const said = useWords(teamWords);
  const { shops } = useMe();
  return (
    <section aria-label={said.shops}>
      <h2>{said.shops}</h2>
      <p className="faint">{said.channels}</p>
      {shops.map((shop) => (
        <ShopCard key={shop.id} shop={shop} />
      ))}
      <AddShop />
    </section>
  );
}

function ShopCard({ shop }: { shop: Shop }) {
  const said = useWords(teamWords);
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const { data, error } = useQuery({ ...widgetKeyAsk(shop.id), enabled: asked });
  const snippet = `<script src="${location.origin}/widget.js" data-shop="${shop.id}" async></script>`;
  return (
    <details className="shop">
      <summary>
        <b>{shop.name}</b> <span className="faint">{platformName(shop.platform, language)}</span>
      </summary>
      <EditShop key={`${shop.name} ${shop.platform} ${shop.colour}`} shop={shop} />
      <p className="quiet">
        {said.widgetHint}{" "}
        <a href={`/widget/try?shop=${encodeURIComponent(shop.id)}`} target="_blank" rel="noreferrer">
          {said.tryWidget} ↗
        </a>
      </p>
      <Copyable text={snippet} label={said.widget} />
      <p className="quiet">
        <b>{said.secret}</b> · {said.secretHint}
      </p>
      {data ? (
        <Copyable text={data.key} label={said.secret} />
      ) : (
        <Button size="small" onClick={() => setAsked(true)}>
          {said.show}
        </Button>
      )}
      {error && <span role="alert">{wordsOf(error)}</span>}
    </details>
  );
}

function AddShop() {
  const said = useWords(teamWords);
  const language = useLanguage();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string; platform: string }>();
  const [busy, setBusy] = useState(false);
  const add = async (filled: { name: string; platform: string }) => {
    setBusy(true);
    try {
      const shop = await addShop(filled);
      form.resetFields();
      void message.success(said.added(shop.name));
      await client.invalidateQueries({ queryKey: meAsk.queryKey });
    } catch (error) {
      void message.error(wordsOf(error));
    }
    setBusy(false);
  };
  return (
    <Form
      form={form}
      name="new-shop"
      layout="inline"
      className="shop-add"
      initialValues={{ platform: "own" }}
      onFinish={(filled) => void add(filled)}
    >
      <Form.Item
        name="name"
        rules={[{ required: true, whitespace: true, message: said.fill(said.shopName) }]}
      >
        <Input placeholder={said.shopName} aria-label={said.shopName} />
      </Form.Item>
      <Form.Item name="platform">
        <Select
          aria-label={said.platform}
          popupMatchSelectWidth={false}
          options={PLATFORMS.map((value) => ({ value, label: platformName(value, language) }))}
        />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        {said.addShop}
      </Button>
    </Form>
  );
}
