import { useBlocker } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useWords } from "@/kit/words";
import { leaves } from "../rules";
import { words } from "../words";

interface Props {
  changed: boolean;
  /** Whether it was kept. */
  onSave: () => Promise<boolean>;
}

/** Nothing set up here is thrown away without a question; the browser asks it where the whole page goes. */
export function Leaving({ changed, onSave }: Props) {
  const said = useWords(words);
  const [busy, setBusy] = useState(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && leaves(current, next),
    enableBeforeUnload: changed,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  const { proceed, reset } = blocker;
  const save = async () => {
    setBusy(true);
    const kept = await onSave();
    setBusy(false);
    if (kept) proceed();
    else reset();
  };
  return (
    <Modal
      open
      title={said.leavingTitle}
      width={440}
      onCancel={reset}
      footer={
        <>
          <Button onClick={reset}>{said.stay}</Button>
          <Button danger onClick={proceed}>
            {said.discard}
          </Button>
          <Button type="primary" autoFocus loading={busy} onClick={() => void save()}>
            {said.save}
          </Button>
        </>
      }
    >
      {said.leavingHint}
    </Modal>
  );
}
