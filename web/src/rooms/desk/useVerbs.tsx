import { App, Button } from "antd";
import { useRef } from "react";
import { wordsOf } from "@/api/problem";
import type { Conversation } from "@/api/shapes";
import { common } from "@/kit/common";
import { comboFor, shownCombo, useKey } from "@/kit/keys";
import { useWords } from "@/kit/words";
import { close, release, take } from "./actions";
import { openEnds } from "./closing";
import { GRACE, type Later, putLater, takeBack } from "./later";
import { words } from "./words";

export const LATER_KEY = "desk.later";

/** Take, give back, close. What takes a conversation out of the hand can be taken back for five seconds. */
export function useVerbs(one: Conversation) {
  const said = useWords(words);
  const all = useWords(common);
  const { message, modal } = App.useApp();
  const asking = useRef(false);
  const attempt = async (act: () => Promise<void>, done = "") => {
    try {
      await act();
      if (done) void message.success(done, 1.5);
    } catch (error) {
      void message.error(wordsOf(error));
    }
  };
  const undo = () => {
    if (takeBack()) message.destroy(LATER_KEY);
  };
  const soon = (verb: Later["verb"], act: (leaving: boolean) => Promise<void>) => {
    putLater({ conversationId: one.id, verb, run: (leaving) => void attempt(() => act(leaving)) });
    void message.open({
      key: LATER_KEY,
      duration: GRACE / 1000,
      content: (
        <>
          {one.consumerName} · {said.done[verb]}{" "}
          <Button type="link" size="small" onClick={undo}>
            {said.undo} {shownCombo(comboFor("undo"))}
          </Button>
        </>
      ),
    });
  };
  const end = () => soon("close", (leaving) => close(one.id, leaving));
  const endOrAsk = () => {
    const ends = openEnds(one);
    if (ends.length === 0) return end();
    if (asking.current) return;
    asking.current = true;
    modal.confirm({
      title: said.endAnyway,
      content: ends.map((why) => <div key={why}>{said[why]}</div>),
      okText: said.close,
      cancelText: all.cancel,
      onOk: end,
      afterClose: () => {
        asking.current = false;
      },
    });
  };
  const verbs = {
    take: () => {
      if (takeBack(one.id)) message.destroy(LATER_KEY);
      void attempt(() => take(one.id), said.done.take);
    },
    toAi: () => soon("ai", (leaving) => release(one.id, "ai", leaving)),
    toQueue: () => soon("waiting", (leaving) => release(one.id, "waiting", leaving)),
    end: endOrAsk,
  };
  const open = !one.closedAt;
  useKey("take", verbs.take, open);
  useKey("toAi", verbs.toAi, open && one.reception !== "ai");
  useKey("close", verbs.end, open);
  return verbs;
}
