import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import type { NewMember } from "@/api/shapes";
import { common } from "@/kit/common";
import { useWords } from "@/kit/words";
import { addMember } from "../actions";
import { teamAsk } from "../queries";
import { teamWords } from "../teamWords";
import { MemberItems } from "./MemberItems";
import { PasswordItem } from "./PasswordItem";

export function AddMember({ onClose }: { onClose: () => void }) {
  const said = useWords(teamWords);
  const all = useWords(common);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewMember>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const add = async (filled: NewMember) => {
    setBusy(true);
    setProblem("");
    try {
      const member = await addMember(filled);
      void message.success(said.added(member.name));
      await client.invalidateQueries({ queryKey: teamAsk.queryKey });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const needed = (label: string) => [{ required: true, whitespace: true, message: said.fill(label) }];
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
        name="new-member"
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "agent", shops: null }}
        onFinish={(filled) => void add(filled)}
      >
        <Form.Item name="name" label={said.name} rules={needed(said.name)}>
          <Input autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item name="login" label={said.login} rules={needed(said.login)}>
          <Input autoComplete="off" autoCapitalize="off" maxLength={64} />
        </Form.Item>
        <PasswordItem label={said.password} login={() => form.getFieldValue("login") ?? ""} />
        <MemberItems />
        {problem && <Alert type="error" title={problem} showIcon />}
      </Form>
    </Modal>
  );
}
