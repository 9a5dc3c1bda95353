/** @jsxImportSource preact */
/** Whose chat this is, and who receives now. */

import type { Words } from "../language";
import type { Talk } from "../talk";
import { Icon } from "./icons";

interface Props {
  state: Talk["state"];
  words: Words;
  close: (() => void) | null;
}

export function Head({ state, words, close }: Props) {
  const { shop, thread, typing, phase } = state;
  return (
    <header class="head">
      <span class="sign" aria-hidden="true">
        {[...shop][0] ?? ""}
      </span>
      <div class="who">
        <h1>{shop || "\u00a0"}</h1>
        <p role="status">
          {typing !== null ? words.typing(typing) : phase === "refused" ? "" : standing(thread, words)}
        </p>
      </div>
      {close && (
        <button type="button" class="plain" aria-label={words.close} title={words.close} onClick={close}>
          <Icon name="down" />
        </button>
      )}
    </header>
  );
}

function standing({ closed, reception, place, agent }: Talk["state"]["thread"], words: Words): string {
  if (closed || reception === null || reception === "ai") return words.servedByAi;
  if (reception === "waiting") return place ? words.queueing(place - 1) : words.nobodyThere;
  return agent ? words.servedBy(agent) : words.someAgent;
}
