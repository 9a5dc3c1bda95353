import { useEffect, useState } from "react";
import { headingsOf, platformsIn } from "./guess";
import { type Kind, sniff } from "./sniff";

interface Seen {
  file: File;
  kind: Kind;
  platforms: string[];
}

/** What a file is and where it seems to come from, as soon as it is chosen; null while nobody has looked. */
export function useFile(file: File | null): Seen | null {
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    if (!file) return;
    let wanted = true;
    void look(file).then((found) => wanted && setSeen(found));
    return () => {
      wanted = false;
    };
  }, [file]);
  return seen?.file === file ? seen : null;
}

async function look(file: File): Promise<Seen> {
  try {
    const kind = await sniff(file);
    const headings = kind === "table" ? await headingsOf(file) : "";
    return { file, kind, platforms: platformsIn(`${file.name}\n${headings}`) };
  } catch {
    // A file that the browser cannot read is told of when it is sent.
    return { file, kind: "table", platforms: platformsIn(file.name) };
  }
}
