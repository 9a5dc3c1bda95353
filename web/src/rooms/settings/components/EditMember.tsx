import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { meAsk, membersAsk, useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Member } from "@/api/shapes";
import { common } from "@/kit/common";
import { useWords } from "@/kit/words";
import { changeMember, removeMember } from "../actions";
import { changesOf, type Filled, filledFrom } from "../members";
import { teamAsk } from "../queries";
import { teamWords } from "../teamWords";
import { MemberItems } from "./MemberItems";
import { ResetPassword } from "./ResetPassword";

export function useTeamChanged(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const asked = [teamAsk, membersAsk, meAsk].map(({ queryKey }) => client.invalidateQueries({ queryKey }));
    await Promise.all(asked);
  };
}

export function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const said = useWords(teamWords);
  const all = useWords(common);
  const mine = useMe().id === member.id;
  const changed = useTeamChanged();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (filled: Filled) => {
    const change = changesOf(member, filled);
    if (Object.keys(change).length === 0) return onClose();
    setBusy(true);
    setProblem("");
    try {
      await changeMember(member.id, change);
      void message.success(all.saved, 1);
      await changed();
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      mask={{ closable: false }} // a password that is shown once is not to be clicked away
      title={`${said.change(member.name)} · ${member.login}`}
      okText={all.save}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Filled>
        form={form}
        name="member"
        layout="vertical"
        requiredMark={false}
        initialValues={filledFrom(member)}
        onFinish={(filled) => void save(filled)}
      >
        <Form.Item
          name="name"
          label={said.name}
          rules={[{ required: true, whitespace: true, message: said.fill(said.name) }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <MemberItems />
        {problem && <Alert type="error" title={problem} showIcon />}
      </Form>
      {mine ? (
        <p className="quiet member-more">{said.ownPassword}</p>
      ) : (
        <>
          <ResetPassword member={member} />
          <Leave member={member} onLeft={onClose} />
        </>
      )}
    </Modal>
  );
}

function Leave({ member, onLeft }: { member: Member; onLeft: () => void }) {
  const said = useWords(teamWords);
  const changed = useTeamChanged();
  const { message, modal } = App.useApp();
  const leave = async () => {
    try {
      await removeMember(member.id);
      void message.success(said.left(member.name));
      await changed();
      onLeft();
    } catch (error) {
      void message.error(wordsOf(error));
    }
  };
  const ask = () =>
    modal.confirm({
      title: said.leaveSure(member.name),
      content: said.leaveMore,
      okText: said.leave,
      okButtonProps: { danger: true },
      onOk: leave,
    });
  return (
    <div className="member-more">
      <Button danger onClick={ask}>
        {said.leave}
      </Button>
      <p className="faint">{said.leaveHint}</p>
    </div>
  );
}
