/** @jsxImportSource preact */
/** Pictures keep their place while they load. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Words } from "../language";
import type { Attachment } from "../rules/thread";
import type { Talk } from "../talk";

interface PictureProps {
  attachment: Attachment;
  alt: string;
  talk: Talk;
  words: Words;
  view: (url: string) => void;
}

/** A picture of the thread: asked for when it comes into view. */
export function Picture({ attachment, alt, talk, words, view }: PictureProps) {
  const { id, width, height } = attachment;
  const place = useRef<HTMLDivElement>(null);
  const [url, setUrl] = useState("");
  const [tries, setTries] = useState(0);
  const [lost, setLost] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    let gone = false;
    const ask = () => {
      watcher.disconnect();
      talk.pictures.url(id).then(
        (found) => gone || setUrl(found),
        () => gone || setLost(true),
      );
    };
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && ask());
    if (place.current) watcher.observe(place.current);
    return () => {
      gone = true;
      watcher.disconnect();
    };
  }, [talk, id, tries]);
  const again = () => {
    setLost(false);
    setTries(tries + 1);
  };
  return (
    <div ref={place}>
      {lost ? (
        <button type="button" class="picture lost" onClick={again}>
          {words.retry}
        </button>
      ) : (
        <Framed url={url} width={width} height={height} progress={1} alt={alt} view={view} words={words} />
      )}
    </div>
  );
}

interface FramedProps {
  url: string;
  width: number;
  height: number;
  progress: number;
  alt: string;
  words: Words;
  view: (url: string) => void;
}

export function Framed({ url, width, height, progress, alt, words, view }: FramedProps) {
  const scale = Math.min(1, 220 / width, 260 / height);
  const size = { width: `${Math.max(48, width * scale)}px`, aspectRatio: `${width} / ${height}` };
  return (
    <button
      type="button"
      class="picture"
      style={size}
      disabled={!url}
      aria-label={`${words.view}：${alt}`}
      onClick={() => view(url)}
    >
      {url && <img src={url} alt={alt} draggable={false} />}
      {progress < 1 && <progress value={progress} aria-label={words.sending} />}
    </button>
  );
}
