import { Form, Input, Radio, Select } from "antd";
import { useMe } from "@/api/asks";
import { useWords } from "@/kit/words";
import { teamWords } from "../teamWords";

/** What can be said of every member, new or known. */
export function MemberItems() {
  const said = useWords(teamWords);
  const someShop = async (_: unknown, shops: string[] | null) => {
    if (shops?.length === 0) throw new Error(said.seesNone);
  };
  return (
    <>
      <Form.Item name="role" label={said.role}>
        <Select options={Object.entries(said.roles).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="shops" label={said.sees} rules={[{ validator: someShop }]}>
        <Sees />
      </Form.Item>
      <Form.Item name="group" label={said.group}>
        <Input placeholder={said.groupHint} maxLength={40} autoComplete="off" />
      </Form.Item>
    </>
  );
}

interface SeesProps {
  value?: string[] | null;
  onChange?: (shops: string[] | null) => void;
}

/** Every shop, or these; none chosen is not every one. */
function Sees({ value = null, onChange }: SeesProps) {
  const said = useWords(teamWords);
  const { shops } = useMe();
  return (
    <>
      <Radio.Group
        value={value === null}
        onChange={({ target }) => onChange?.(target.value ? null : [])}
        options={[
          { value: true, label: said.seesAll },
          { value: false, label: said.seesSome },
        ]}
      />
      {value !== null && (
        <Select
          className="sees-shops"
          mode="multiple"
          optionFilterProp="label"
          aria-label={said.chooseShops}
          placeholder={said.chooseShops}
          value={value}
          onChange={(chosen: string[]) => onChange?.(chosen)}
          options={shops.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  );
}
