import { PictureOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Segmented, Tooltip } from "antd";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ordersAsk } from "@/api/asks";
import { sayTyping } from "@/api/live";
import type { Conversation } from "@/api/shapes";
import { GrowingArea } from "@/kit/GrowingArea";
import { comboFor, isComposing, shownCombo, useKey } from "@/kit/keys";
import { changeSettings, useSettings } from "@/kit/settings";
import { useWords } from "@/kit/words";
import { send } from "../actions";
import { askedBefore, sends, takeInserts } from "../composing";
import { changeDraft, getDraft, strangeNumbers, useDraft } from "../drafts";
import { takeBack } from "../later";
import { putWords } from "../putWords";
import { useUploads } from "../useUploads";
import { words } from "../words";
import { InsertMenu, type InsertMenuRef } from "./InsertMenu";
import { Pictures } from "./Pictures";

interface Props {
  conversation: Conversation;
  /** A colleague holds the pen: only private notes can be written. */
  onlyNotes: boolean;
  hint: string;
}

export function Composer({ conversation, onlyNotes, hint }: Props) {
  const said = useWords(words);
  const client = useQueryClient();
  const { sendKey } = useSettings();
  const { id } = conversation;
  const draft = useDraft(id);
  const note = draft.note || onlyNotes;
  const area = useRef<HTMLTextAreaElement>(null);
  const menu = useRef<InsertMenuRef>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const uploads = useUploads(id);
  const text = note ? draft.noteText : draft.text;
  const asked = note ? null : askedBefore(text, caret);
  const empty = text.trim() === "" && (note || draft.attachments.length === 0);

  const write = (now: string) => {
    changeDraft(id, note ? { noteText: now } : { text: now });
    if (!note) sayTyping(id);
  };
  const submit = () => {
    if (empty || uploads.busy) return;
    const now = getDraft(id);
    if (!note) takeBack(id);
    changeDraft(id, note ? { noteText: "" } : { text: "", attachments: [], suggestionId: null });
    void send(client, {
      clientId: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      conversationId: id,
      kind: note ? "note" : "reply",
      text: text.trim(),
      attachments: note ? [] : now.attachments,
      suggestionId: note ? null : now.suggestionId,
      at: new Date().toISOString(),
      state: "sending",
      problem: "",
    });
    area.current?.focus();
  };
  const press = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event.nativeEvent)) return;
    if (asked && menu.current?.press(event)) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter") return;
    if (sends(event, sendKey)) {
      event.preventDefault();
      submit();
    } else if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      putWords(event.currentTarget, "\n");
    }
  };
  const arrive = useEffectEvent(
    (inserted: { conversationId: string; text: string; suggestionId?: string }) => {
      if (inserted.conversationId !== id || onlyNotes) return;
      flushSync(() => changeDraft(id, { note: false }));
      const before = getDraft(id);
      const target = area.current;
      if (!target) return;
      // An untouched suggestion gives way to the next one; what a person wrote stays.
      const untouched = before.suggestionId !== null && before.text === lastInserted.current;
      putWords(target, inserted.text, untouched ? { from: 0, to: before.text.length } : undefined);
      if (inserted.suggestionId) changeDraft(id, { suggestionId: inserted.suggestionId });
      lastInserted.current = inserted.text;
    },
  );
  const lastInserted = useRef("");
  useEffect(() => takeInserts((inserted) => arrive(inserted)), []);
  const mode = (toNote: boolean) => {
    changeDraft(id, { note: toNote });
    area.current?.focus();
  };
  useKey("reply", () => mode(false));
  useKey("note", () => mode(true));
  useKey("attach", () => picker.current?.click(), !note);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere on the composer
    <div
      className={note ? "composer composer-note" : "composer"}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (!note) uploads.add(event.dataTransfer.files);
      }}
    >
      {hint && <p className="composer-hint quiet">{hint}</p>}
      <Strange conversation={conversation} text={note ? "" : text} />
      {asked && (
        <InsertMenu
          ref={menu}
          wanted={asked.wanted}
          query={asked.query}
          conversation={conversation}
          onChoose={(text) => {
            const target = area.current;
            if (target) putWords(target, text, { from: asked.from, to: caret });
          }}
          onClose={() => setCaret(-1)}
        />
      )}
      <GrowingArea
        ref={area}
        className="composer-text"
        bare
        maxLength={4000}
        value={text}
        placeholder={note ? said.writeNote : said.write}
        aria-label={note ? said.noteMode : said.replyMode}
        onChange={({ target }) => {
          write(target.value);
          setCaret(target.selectionStart);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={press}
        onPaste={(event) => {
          if (note || event.clipboardData.files.length === 0) return;
          event.preventDefault();
          uploads.add(event.clipboardData.files);
        }}
      />
      {!note && <Pictures shown={draft.attachments} uploads={uploads} onRemove={uploads.remove} />}
      <div className="composer-foot">
        {!onlyNotes && (
          <Segmented
            size="small"
            value={note ? "note" : "reply"}
            options={[
              { value: "reply", label: said.replyMode },
              { value: "note", label: said.noteMode },
            ]}
            onChange={(to) => mode(to === "note")}
          />
        )}
        {!note && (
          <Tooltip title={`${said.attach} ${shownCombo(comboFor("attach"))}`}>
            <Button
              type="text"
              size="small"
              icon={<PictureOutlined />}
              aria-label={said.attach}
              onClick={() => picker.current?.click()}
            />
          </Tooltip>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/*"
          multiple
          hidden
          onChange={({ target }) => {
            if (target.files) uploads.add(target.files);
            target.value = "";
          }}
        />
        <span className="row-space" />
        <Tooltip title={said.switchKey}>
          <button
            type="button"
            className="plain faint composer-key"
            onClick={() => changeSettings({ sendKey: sendKey === "enter" ? "ctrlEnter" : "enter" })}
          >
            {sendKey === "enter" ? said.enterSends : said.ctrlEnterSends} ⇄
          </button>
        </Tooltip>
        <Button type="primary" disabled={empty || uploads.busy} onClick={submit}>
          {note ? said.keep : said.send}
        </Button>
      </div>
    </div>
  );
}

/** Warns before words meant for somebody else go out. */
function Strange({ conversation, text }: { conversation: Conversation; text: string }) {
  const said = useWords(words);
  const { data: orders } = useQuery(ordersAsk(conversation.consumerId));
  if (!orders || !text) return null;
  const known = orders.flatMap((order) => [order.id, ...order.parcels.map(({ tracking }) => tracking)]);
  const [number] = strangeNumbers(text, known);
  if (!number) return null;
  return (
    <p className="composer-warn" role="alert">
      {said.strange(number)}
    </p>
  );
}
