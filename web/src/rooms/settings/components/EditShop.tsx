import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { meAsk } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Shop } from "@/api/shapes";
import { common } from "@/kit/common";
import { PLATFORMS, platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { changeShop } from "../actions";
import { teamWords } from "../teamWords";

type Filled = Pick<Shop, "name" | "platform" | "colour">;

export function EditShop({ shop }: { shop: Shop }) {
  const said = useWords(teamWords);
  const all = useWords(common);
  const language = useLanguage();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async (filled: Filled) => {
    setBusy(true);
    try {
      await changeShop(shop.id, filled);
      void message.success(all.saved, 1);
      await client.invalidateQueries({ queryKey: meAsk.queryKey });
    } catch (error) {
      void message.error(wordsOf(error));
    }
    setBusy(false);
  };
  return (
    <Form<Filled>
      name={`shop-${shop.id}`}
      layout="inline"
      className="shop-add"
      initialValues={shop}
      onFinish={(filled) => void save(filled)}
    >
      <Form.Item
        name="name"
        rules={[{ required: true, whitespace: true, message: said.fill(said.shopName) }]}
      >
        <Input aria-label={said.shopName} maxLength={80} />
      </Form.Item>
      <Form.Item name="platform">
        <Select
          aria-label={said.platform}
          popupMatchSelectWidth={false}
          options={PLATFORMS.map((value) => ({ value, label: platformName(value, language) }))}
        />
      </Form.Item>
      <Form.Item name="colour">
        <Input type="color" className="shop-colour" aria-label={said.colour} title={said.colourHint} />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        {all.save}
      </Button>
    </Form>
  );
}
