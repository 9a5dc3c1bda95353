import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { membersAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { NewMember } from "@/api/shapes";
import { common } from "@/kit/common";
import { useWords } from "@/kit/words";
import { addMember } from "../actions";
import { words } from "../words";

export function Members() {
  const said = useWords(words);
  const me = useMe();
  const { data } = useQuery(membersAsk);
  const [adding, setAdding] = useState(false);
  const shopNames = (ids: string[] | null) =>
    ids === null
      ? said.allShops
      : me.shops
          .filter(({ id }) => ids.includes(id))
          .map(({ name }) => name)
          .join("、");
  return (
    <section aria-label={said.members}>
      <h2>
        {said.members}{" "}
        <Button size="small" onClick={() => setAdding(true)}>
          {said.addMember}
        </Button>
      </h2>
      <div className="members">
        <table>
          <thead>
            <tr>
              {[said.name, said.login, said.role, said.sees, said.state].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data?.map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td>
                <td>{one.login}</td>
                <td>{said.roles[one.role]}</td>
                <td>{shopNames(one.shops)}</td>
                <td>{said.states[one.state] ?? one.state}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {adding && <AddMember onClose={() => setAdding(false)} />}
    </section>
  );
}

function AddMember({ onClose }: { onClose: () => void }) {
  const said = useWords(words);
  const all = useWords(common);
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewMember>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const add = async (filled: NewMember) => {
    setBusy(true);
    setProblem("");
    try {
      const member = await addMember({ ...filled, shops: filled.shops?.length ? filled.shops : null });
      void message.success(said.added(member.name));
      await client.invalidateQueries({ queryKey: membersAsk.queryKey });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const needed = (label: string) => [{ required: true, whitespace: true, message: label }];
  return (
    <Modal
      open
      title={said.addMember}
      okText={all.add}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<NewMember>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "agent" }}
        onFinish={(filled) => void add(filled)}
      >
        <Form.Item name="name" label={said.name} rules={needed(said.name)}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="login" label={said.login} rules={needed(said.login)}>
          <Input autoComplete="off" autoCapitalize="off" />
        </Form.Item>
        <Form.Item name="role" label={said.role}>
          <Select options={Object.entries(said.roles).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item
          name="password"
          label={said.password}
          extra={said.passwordRule}
          rules={[{ required: true, min: 10, message: said.passwordRule }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="shops" label={said.sees} extra={said.seesHint}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            placeholder={said.allShops}
            options={me.shops.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {problem && <Alert type="error" title={problem} showIcon />}
      </Form>
    </Modal>
  );
}
