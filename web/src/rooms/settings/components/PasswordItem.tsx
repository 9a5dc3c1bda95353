import { Button, Form, Input } from "antd";
import { passwordFault } from "@/kit/passwords";
import { useWords } from "@/kit/words";
import { makePassword } from "../members";
import { teamWords } from "../teamWords";

interface Props {
  label: string;
  /** Empty while it is still being written. */
  login: () => string;
}

/** A password that an admin types or has made; it is plain to read, for it has to be handed over. */
export function PasswordItem({ label, login }: Props) {
  const said = useWords(teamWords);
  const form = Form.useFormInstance();
  const check = async (_: unknown, typed: string | undefined) => {
    const fault = passwordFault(typed ?? "", login());
    if (fault) throw new Error(fault === "empty" ? said.fill(label) : said[fault]);
  };
  const make = () => {
    form.setFieldValue("password", makePassword(login()));
    void form.validateFields(["password"]).catch(() => undefined);
  };
  return (
    <Form.Item label={label} extra={said.passwordRule} htmlFor="password">
      <div className="password-line">
        <Form.Item name="password" noStyle rules={[{ validator: check }]}>
          <Input id="password" autoComplete="off" autoCapitalize="off" spellCheck={false} />
        </Form.Item>
        <Button onClick={make}>{said.makeOne}</Button>
      </div>
    </Form.Item>
  );
}
