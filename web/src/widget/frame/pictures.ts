/** Pictures on their way up, and pictures of the thread on their way down. */

import { dropBlob, keepBlob, recallBlob } from "./blobs";
import { newKey } from "./keep";
import { pause } from "./rules/pause";
import { shrink } from "./shrink";
import { problemOf, type Wire } from "./wire";

export interface Upload {
  key: string;
  /** Empty where the browser cannot show it. */
  url: string;
  width: number;
  height: number;
  /** 0 to 1. */
  progress: number;
  id: string | null;
  /** Why it will never go up. */
  trouble: string | null;
}

/** What the server takes; a larger one is not sent through a phone's line to be refused. */
const LARGEST = 12_000_000;

interface Ends {
  changed: () => void;
  uploaded: (key: string, id: string) => void;
  spoiled: (key: string, message: string) => void;
}

export class Pictures {
  readonly uploads = new Map<string, Upload>();
  private readonly blobs = new Map<string, Blob>();
  private readonly shown = new Map<string, Promise<string>>();

  constructor(
    private readonly wire: Wire,
    private readonly ends: Ends,
    private readonly words: { lost: string; failed: string; tooBig: string },
  ) {}

  async add(file: Blob): Promise<string> {
    const { blob, width, height, readable } = await shrink(file);
    const key = newKey();
    this.place(key, blob, width, height, readable);
    if (blob.size > LARGEST) this.spoil(key, this.words.tooBig);
    else {
      void keepBlob(key, blob);
      void this.send(key, 0);
    }
    return key;
  }

  /** After a reload: a picture that the queue still waits for. */
  async resume(key: string, width: number, height: number): Promise<void> {
    if (this.uploads.has(key)) return;
    const blob = await recallBlob(key);
    if (!blob) return this.ends.spoiled(key, this.words.lost);
    this.place(key, blob, width, height);
    await this.send(key, 0);
  }

  again(key: string): void {
    if (this.uploads.get(key)?.trouble) void this.send(key, 0);
  }

  forget(key: string): void {
    this.uploads.delete(key);
    this.blobs.delete(key);
    void dropBlob(key);
    this.ends.changed();
  }

  /** The picture's address in this page; asked for once. */
  url(id: string): Promise<string> {
    const known = this.shown.get(id);
    if (known) return known;
    const asked = this.wire.picture(id).then((blob) => URL.createObjectURL(blob));
    this.shown.set(id, asked);
    asked.catch(() => this.shown.delete(id));
    return asked;
  }

  private place(key: string, blob: Blob, width: number, height: number, readable = true): void {
    this.blobs.set(key, blob);
    const url = readable ? URL.createObjectURL(blob) : "";
    this.uploads.set(key, { key, url, width, height, progress: 0, id: null, trouble: null });
    this.ends.changed();
  }

  private async send(key: string, tries: number): Promise<void> {
    const blob = this.blobs.get(key);
    if (!blob) return;
    this.change(key, { progress: 0, trouble: null });
    try {
      const { id } = await this.wire.upload(blob, (progress) => this.change(key, { progress }));
      const url = this.uploads.get(key)?.url;
      if (url) this.shown.set(id, Promise.resolve(url));
      this.change(key, { progress: 1, id });
      this.ends.uploaded(key, id);
    } catch (error) {
      const { status, message, retryAfter } = problemOf(error);
      const passing = status === 0 || status === 401 || status === 429 || status >= 500;
      if (passing) {
        const wait = retryAfter === null ? pause(tries, Math.random()) : retryAfter * 1000;
        window.setTimeout(() => void this.send(key, tries + 1), wait);
      } else this.spoil(key, message || this.words.failed);
    }
  }

  private spoil(key: string, trouble: string): void {
    this.change(key, { trouble });
    this.ends.spoiled(key, trouble);
  }

  private change(key: string, part: Partial<Upload>): void {
    const known = this.uploads.get(key);
    if (!known) return;
    this.uploads.set(key, { ...known, ...part });
    this.ends.changed();
  }
}
