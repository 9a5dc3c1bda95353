/** @jsxImportSource preact */
/** Where the consumer writes; the way to a person is always in view. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Words } from "../language";
import type { Upload } from "../pictures";
import type { Talk } from "../talk";
import { Emoji } from "./Emoji";
import { Icon } from "./icons";
import { OrderSheet, useOrders } from "./Orders";
import { PictureButton, Tray } from "./Tray";

interface Props {
  talk: Talk;
  state: Talk["state"];
  words: Words;
  close: (() => void) | null;
}

const LONGEST = 4000;
const MOST_PICTURES = 9;
const TO_PERSON = "转人工";
const finger = window.matchMedia("(pointer: coarse)");

export function Composer({ talk, state, words, close }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(state.draft);
  const [tray, setTray] = useState<string[]>([]);
  const [emoji, setEmoji] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [hint, setHint] = useState("");
  const orders = useOrders(talk, state.loaded);
  const { thread, phase, open } = state;
  const served = !thread.closed && (thread.reception === "person" || thread.reception === "waiting");
  // Asked at each press: an upload may have ended since the last drawing.
  const sound = () => tray.flatMap((key) => soundUpload(talk, key));
  const empty = !text.trim() && sound().length === 0;

  // At once: an effect after the next paint would put an old draft over what was typed meanwhile.
  useLayoutEffect(() => setText(state.draft), [state.draft]);
  useEffect(() => {
    // On a phone the keyboard would cover what the consumer came to read.
    if (open && !finger.matches) field.current?.focus();
  }, [open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows the words
  useEffect(() => grow(field.current), [text]);

  const write = (words: string) => {
    setText(words);
    talk.keepDraft(words);
    setHint("");
  };
  const attach = async (files: Iterable<File>) => {
    const pictures = [...files].filter(({ type }) => type.startsWith("image/"));
    const room = MOST_PICTURES - tray.length;
    setHint(pictures.length > room ? words.tooMany : "");
    for (const picture of pictures.slice(0, room)) {
      const key = await talk.pictures.add(picture);
      setTray((before) => [...before, key]);
    }
  };
  const send = () => {
    if (empty) return;
    if ([...text.trim()].length > LONGEST) return setHint(words.tooLong(LONGEST));
    talk.say(
      text,
      sound().map(({ key, width, height, id }) => ({ key, width, height, id })),
    );
    // What cannot be sent stays in view with its reason until it is taken away.
    setTray(tray.filter((key) => talk.pictures.uploads.get(key)?.trouble));
    write("");
    setEmoji(false);
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    // 229: an input method is choosing characters, and Safari has ended the composition already.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && !composing) return emoji ? setEmoji(false) : close?.();
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };
  const pasted = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void attach(files);
  };
  const insert = (symbol: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    write(text.slice(0, selectionStart) + symbol + text.slice(selectionEnd));
    const caret = selectionStart + symbol.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  };

  return (
    <footer class="composer">
      <div class="ways">
        {!served && phase !== "refused" && (
          <button type="button" class="person" onClick={() => talk.say(TO_PERSON)}>
            <Icon name="person" /> {words.toPerson}
          </button>
        )}
        {orders.length > 0 && (
          <button type="button" onClick={() => setChoosing(true)}>
            <Icon name="order" /> {words.orders}
          </button>
        )}
        {hint && <span role="alert">{hint}</span>}
      </div>
      <Tray
        talk={talk}
        words={words}
        keys={tray}
        remove={(key) => setTray(tray.filter((one) => one !== key))}
      />
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          enterkeyhint="send"
          disabled={phase === "refused"}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={pressed}
          onPaste={pasted}
          onFocus={() => finger.matches && setEmoji(false)}
        />
        <div class="tools">
          <button
            type="button"
            class="plain"
            aria-label={words.emoji}
            title={words.emoji}
            aria-expanded={emoji}
            onClick={() => setEmoji(!emoji)}
          >
            <Icon name="emoji" />
          </button>
          <PictureButton label={words.picture} icon="picture" picked={attach} />
          {finger.matches && <PictureButton label={words.camera} icon="camera" picked={attach} camera />}
          <button
            type="button"
            class="filled send"
            aria-label={words.send}
            title={words.send}
            disabled={empty}
            onClick={send}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      {emoji && <Emoji insert={insert} label={words.emoji} />}
      {choosing && <OrderSheet talk={talk} words={words} orders={orders} close={() => setChoosing(false)} />}
    </footer>
  );
}

function soundUpload(talk: Talk, key: string): Upload[] {
  const upload = talk.pictures.uploads.get(key);
  return upload && upload.trouble === null ? [upload] : [];
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
}
