/** @jsxImportSource preact */
/** Pictures chosen but not sent: they go up already while the consumer writes. */

import type { Words } from "../language";
import type { Talk } from "../talk";
import { Icon } from "./icons";

interface TrayProps {
  talk: Talk;
  words: Words;
  keys: string[];
  remove: (key: string) => void;
}

export function Tray({ talk, words, keys, remove }: TrayProps) {
  const uploads = keys.flatMap((key) => talk.pictures.uploads.get(key) ?? []);
  if (uploads.length === 0) return null;
  const drop = (key: string) => {
    talk.pictures.forget(key);
    remove(key);
  };
  return (
    <ul class="tray">
      {uploads.map(({ key, url, progress, id, trouble }) => (
        <li key={key} class={trouble ? "bad" : undefined}>
          {url ? (
            <img src={url} alt={words.pictureAlt(words.you)} />
          ) : (
            <span class="unreadable">
              <Icon name="picture" />
            </span>
          )}
          {id === null && trouble === null && <progress value={progress} aria-label={words.sending} />}
          {trouble && <p role="alert">{trouble}</p>}
          <button
            type="button"
            class="plain corner"
            aria-label={words.removePicture}
            title={words.removePicture}
            onClick={() => drop(key)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface ButtonProps {
  label: string;
  icon: "picture" | "camera";
  picked: (files: File[]) => void;
  camera?: boolean;
}

export function PictureButton({ label, icon, picked, camera = false }: ButtonProps) {
  return (
    <label class="plain" title={label}>
      <input
        class="unseen"
        type="file"
        accept="image/jpeg,image/png,image/webp,image/gif"
        multiple={!camera}
        capture={camera ? "environment" : undefined}
        aria-label={label}
        onChange={({ currentTarget }) => {
          picked([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      <Icon name={icon} />
    </label>
  );
}
