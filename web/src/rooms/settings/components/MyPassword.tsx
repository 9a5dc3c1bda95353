import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import { common } from "@/kit/common";
import { useFilters, useGo } from "@/kit/route";
import { useWords } from "@/kit/words";
import { changeMyPassword } from "../actions";
import { words } from "../words";

interface Filled {
  old: string;
  new: string;
  again: string;
}

/** Opened here or from the menu of the avatar, so whether it is open stands in the address. */
export function MyPassword() {
  const said = useWords(words);
  const go = useGo();
  const open = useFilters().change === "password";
  const show = (change?: "password") =>
    go({ room: "settings", id: "mine", filters: { change }, replace: true });
  return (
    <>
      <Button size="small" onClick={() => show("password")}>
        {said.changePassword}
      </Button>
      {open && <Change onClose={() => show()} />}
    </>
  );
}

function Change({ onClose }: { onClose: () => void }) {
  const said = useWords(words);
  const all = useWords(common);
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const change = async (filled: Filled) => {
    setBusy(true);
    setProblem("");
    try {
      await changeMyPassword({ old: filled.old, new: filled.new });
      void message.success(said.passwordChanged);
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  const needed = (label: string) => ({ required: true, message: said.fill(label) });
  const same = async (_: unknown, again: string) => {
    if (again && again !== form.getFieldValue("new")) throw new Error(said.notTheSame);
  };
  return (
    <Modal
      open
      title={said.changePassword}
      okText={all.save}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Filled>
        form={form}
        name="my-password"
        layout="vertical"
        requiredMark={false}
        onFinish={(filled) => void change(filled)}
      >
        <Form.Item name="old" label={said.oldPassword} rules={[needed(said.oldPassword)]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={said.newPassword}
          extra={said.passwordRule}
          rules={[needed(said.newPassword)]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={said.newAgain}
          dependencies={["new"]}
          rules={[needed(said.newPassword), { validator: same }]}
        >
          <Input.Password autoComplete="new-password" onPressEnter={() => form.submit()} />
        </Form.Item>
        {problem && <Alert type="error" title={problem} showIcon />}
      </Form>
    </Modal>
  );
}
