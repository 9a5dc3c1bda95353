import { Modal } from "antd";
import { comboFor, KEYS, type KeyName, shownCombo } from "@/kit/keys";
import { useLanguage, useWords } from "@/kit/words";
import { words } from "./words";

export default function KeyTable({ onClose }: { onClose: () => void }) {
  const said = useWords(words);
  const language = useLanguage();
  return (
    <Modal open title={said.keys} footer={null} onCancel={onClose} width={420}>
      <dl className="key-table">
        {(Object.keys(KEYS) as KeyName[]).map((name) => (
          <div key={name}>
            <dt>{KEYS[name][language]}</dt>
            <dd>
              <kbd>{shownCombo(comboFor(name))}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
