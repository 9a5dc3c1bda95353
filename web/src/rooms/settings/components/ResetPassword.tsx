import { Alert, Button, Form } from "antd";
import { useState } from "react";
import { wordsOf } from "@/api/problem";
import type { Member } from "@/api/shapes";
import { useWords } from "@/kit/words";
import { changeMember } from "../actions";
import { teamWords } from "../teamWords";
import { Copyable } from "./Copyable";
import { PasswordItem } from "./PasswordItem";

/** Typed or made, sent once, shown once; nobody can look it up later. */
export function ResetPassword({ member }: { member: Member }) {
  const said = useWords(teamWords);
  const [form] = Form.useForm<{ password: string }>();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [once, setOnce] = useState("");
  const reset = async ({ password }: { password: string }) => {
    setBusy(true);
    setProblem("");
    try {
      await changeMember(member.id, { password });
      setOnce(password);
      setOpen(false);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  };
  if (once)
    return (
      <div className="member-more" role="status">
        <p>{said.once(member.name)}</p>
        <Copyable text={once} label={said.newPassword} />
      </div>
    );
  if (!open)
    return (
      <div className="member-more">
        <Button onClick={() => setOpen(true)}>{said.reset}</Button>
        <p className="faint">{said.resetHint}</p>
      </div>
    );
  return (
    <Form
      form={form}
      name="reset-password"
      layout="vertical"
      className="member-more"
      requiredMark={false}
      onFinish={(filled: { password: string }) => void reset(filled)}
    >
      <PasswordItem label={said.newPassword} login={() => member.login} />
      {problem && <Alert type="error" title={problem} showIcon />}
      <Button htmlType="submit" loading={busy}>
        {said.reset}
      </Button>
    </Form>
  );
}
