/** @jsxImportSource preact */
/** A window over the chat; Esc and the back of the hand close it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Words } from "../language";
import { Icon } from "./icons";

interface Props {
  label: string;
  kind: string;
  words: Words;
  close: () => void;
  children: ComponentChildren;
}

export function Sheet({ label, kind, words, close, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Esc on its own
    <dialog
      ref={dialog}
      class={kind}
      aria-label={label}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <button type="button" class="plain corner" aria-label={words.back} title={words.back} onClick={close}>
        <Icon name="close" />
      </button>
      {children}
    </dialog>
  );
}

export function Viewer({ url, words, close }: Pick<Props, "words" | "close"> & { url: string }) {
  return (
    <Sheet kind="viewer" label={words.view} words={words} close={close}>
      <img src={url} alt={words.picture} />
    </Sheet>
  );
}
