/** @jsxImportSource preact */
/** One message. All words are text nodes; only https addresses in our own words can be opened. */

import type { Words } from "../language";
import type { Waiting } from "../rules/outbox";
import type { Attachment, Author, Said } from "../rules/thread";
import { orderIn, pieces } from "../rules/words";
import { speaker } from "../speaker";
import type { Talk } from "../talk";
import { OrderCard } from "./Orders";
import { Framed, Picture } from "./Picture";

interface Common {
  talk: Talk;
  words: Words;
  view: (url: string) => void;
}

interface BubbleProps extends Common {
  said: Said;
  head: boolean;
  mark: "read" | "sent" | null;
}

export function Bubble({ said, head, mark, talk, words, view }: BubbleProps) {
  const who = speaker(said, words);
  return (
    <article class={`bubble ${said.author}`} aria-label={who}>
      {head && said.author !== "consumer" && (
        <p class="speaker">
          {said.author === "copilot" && <b class="ai">AI</b>}
          {said.author === "copilot" ? words.ai.replace(/^AI\s*/, "") : who}
        </p>
      )}
      <Pictures attachments={said.attachments} who={who} talk={talk} words={words} view={view} />
      <Text author={said.author} text={said.text} talk={talk} words={words} />
      {mark && <p class="mark">{mark === "read" ? words.read : words.sent}</p>}
    </article>
  );
}

/** A message on its way: as it will look, with what can be done when it does not go. */
export function Sending({ entry, talk, words, view }: Common & { entry: Waiting }) {
  const uploads = entry.pictures.map(({ key }) => talk.pictures.uploads.get(key));
  const { trouble, tries } = entry;
  return (
    <article class={`bubble consumer ${trouble ? "stuck" : "going"}`} aria-label={words.you}>
      {uploads.map(
        (upload) =>
          upload && (
            <Framed
              key={upload.key}
              url={upload.url}
              width={upload.width}
              height={upload.height}
              progress={upload.progress}
              alt={words.pictureAlt(words.you)}
              view={view}
              words={words}
            />
          ),
      )}
      <Text author="consumer" text={entry.text} talk={talk} words={words} />
      {trouble ? (
        <p class="mark trouble" role="alert">
          <span>
            {words.failed} · {trouble}
          </span>
          <button type="button" onClick={() => talk.outgoing.retry(entry)}>
            {words.retry}
          </button>
          <button type="button" onClick={() => talk.outgoing.drop(entry)}>
            {words.remove}
          </button>
        </p>
      ) : (
        <p class="mark">{tries > 0 || !talk.state.up ? words.queued : words.sending}</p>
      )}
    </article>
  );
}

function Text({
  author,
  text,
  talk,
  words,
}: Pick<Common, "talk" | "words"> & { author: Author; text: string }) {
  if (!text) return null;
  const order = author === "consumer" ? orderIn(text) : null;
  if (order) return <OrderCard id={order} talk={talk} words={words} />;
  return (
    <p class="text">
      {pieces(text, author).map((piece) =>
        piece.href ? (
          <a key={piece.at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

function Pictures({ attachments, who, ...common }: Common & { attachments: Attachment[]; who: string }) {
  return (
    <>
      {attachments.map((one) => (
        <Picture key={one.id} attachment={one} alt={common.words.pictureAlt(who)} {...common} />
      ))}
    </>
  );
}
