import { useEffect, useEffectEvent, useState } from "react";
import { useWords } from "@/kit/words";
import { importWords } from "../importWords";

/** The whole page takes a file; while one hangs over it, it says so. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const said = useWords(importWords);
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const hover = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    };
    const heard = { dragenter: hover, dragover: hover, dragleave: leave, drop } as const;
    for (const [name, act] of Object.entries(heard)) document.addEventListener(name, act as EventListener);
    return () => {
      for (const [name, act] of Object.entries(heard)) {
        document.removeEventListener(name, act as EventListener);
      }
    };
  }, []);
  if (!over) return null;
  return (
    <div className="rev-drop" role="status">
      <b>{said.dropHere}</b>
      <span>{said.dropHint}</span>
    </div>
  );
}
