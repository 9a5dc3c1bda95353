import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { meAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { common } from "@/kit/common";
import { useWords } from "@/kit/words";
import { renameCompany } from "../actions";
import { teamWords } from "../teamWords";

export function Company() {
  const said = useWords(teamWords);
  const all = useWords(common);
  const { company } = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async ({ name }: { name: string }) => {
    setBusy(true);
    try {
      await renameCompany(name);
      void message.success(all.saved, 1);
      await client.invalidateQueries({ queryKey: meAsk.queryKey });
    } catch (error) {
      void message.error(wordsOf(error));
    }
    setBusy(false);
  };
  return (
    <section aria-label={said.company}>
      <h2>{said.company}</h2>
      <Form
        key={company}
        name="company"
        layout="inline"
        className="shop-add"
        initialValues={{ name: company }}
        onFinish={(filled: { name: string }) => void save(filled)}
      >
        <Form.Item
          name="name"
          rules={[{ required: true, whitespace: true, message: said.fill(said.companyName) }]}
        >
          <Input aria-label={said.companyName} maxLength={80} />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          {all.save}
        </Button>
      </Form>
    </section>
  );
}
