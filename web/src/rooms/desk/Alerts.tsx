import { App, Button } from "antd";
import { useEffect, useEffectEvent } from "react";
import { useMe } from "@/api/asks";
import type { Happened } from "@/api/feed";
import { tellDesktop } from "@/kit/desktop";
import { useKey } from "@/kit/keys";
import { useGo, useRoomId } from "@/kit/route";
import { getSettings } from "@/kit/settings";
import { beep } from "@/kit/sound";
import { useWords } from "@/kit/words";
import { take } from "./actions";
import { flash, isUrgent, onAlert } from "./alerts";
import { spokeAgain, takeBack } from "./later";
import { useReasons } from "./reasons";
import { LATER_KEY } from "./useVerbs";
import { words } from "./words";

const STAYS = 20;

/** Tells on every page that somebody needs a person; never takes the focus. */
export function Alerts() {
  const said = useWords(words);
  const me = useMe();
  const reason = useReasons();
  const go = useGo();
  const here = useRoomId();
  const { notification, message } = App.useApp();
  useKey("undo", () => {
    if (takeBack()) message.destroy(LATER_KEY);
  });

  const call = useEffectEvent((event: Happened) => {
    const id = event.conversationId ?? "";
    const who = event.conversation?.consumerName ?? "";
    const why = (event.why as string[]).map(reason).join(said.comma);
    const heard = event.conversation?.lastAuthor === "consumer" ? event.conversation.lastText : "";
    const open = () => {
      notification.destroy(id);
      go({ room: "desk", id, filters: { tab: "waiting" } });
    };
    const takeIt = () => {
      open();
      void take(id).catch(() => undefined);
    };
    if (getSettings().sound) beep("urgent");
    flash(`❗ ${said.urgentTitle(who)}`);
    tellDesktop(id, said.urgentTitle(who), heard || why, open);
    notification.open({
      key: id,
      title: said.urgentTitle(who),
      description: heard ? `${why}${said.colon}${heard}` : why,
      placement: "bottomRight",
      duration: STAYS,
      role: "status",
      actions: (
        <>
          <Button size="small" onClick={open}>
            {said.openIt}
          </Button>{" "}
          <Button size="small" type="primary" onClick={takeIt}>
            {said.take}
          </Button>
        </>
      ),
    });
  });
  const hear = useEffectEvent((event: Happened) => {
    const id = event.conversationId ?? "";
    const withdrawn = event.name === "consumer.spoke" ? spokeAgain(id) : null;
    if (withdrawn) {
      // Nobody is shut out while they write; and whoever closed has looked away by now.
      const content = said.spokeAgain(event.conversation?.consumerName ?? "", said.done[withdrawn]);
      void message.warning({ key: LATER_KEY, content, duration: 10 });
    }
    if (event.name === "conversation.handed_over" && isUrgent(event.why) && me.state !== "away") call(event);
    else if (event.name === "conversation.assigned" || event.name === "conversation.closed") {
      notification.destroy(id);
    } else if (event.name === "consumer.spoke" && event.conversation?.assigneeId === me.id) {
      if (getSettings().sound && id !== here) beep("message");
      flash(`💬 ${event.conversation.consumerName ?? ""}`);
    }
  });
  useEffect(() => onAlert((event) => hear(event)), []);
  return null;
}
