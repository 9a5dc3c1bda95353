import { App, Button } from "antd";
import { useWords } from "@/kit/words";
import { teamWords } from "../teamWords";

export function Copyable({ text, label }: { text: string; label: string }) {
  const said = useWords(teamWords);
  const { message } = App.useApp();
  const copy = () => void navigator.clipboard?.writeText(text).then(() => message.success(said.copied, 1));
  return (
    <div className="shop-code">
      <code>{text}</code>
      <Button size="small" aria-label={`${said.copy} ${label}`} onClick={copy}>
        {said.copy}
      </Button>
    </div>
  );
}
