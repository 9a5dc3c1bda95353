import { useState } from "react";
import { wordsOf } from "@/api/problem";
import { useWords } from "@/kit/words";
import { upload } from "./actions";
import { changeDraft, getDraft } from "./drafts";
import { words } from "./words";

export interface Uploads {
  busy: boolean;
  problem: string;
  add: (files: FileList) => void;
  remove: (attachmentId: string) => void;
}

/** Pictures go up at once; the draft remembers them, so that a reload loses none. */
export function useUploads(conversationId: string): Uploads {
  const said = useWords(words);
  const [running, setRunning] = useState(0);
  const [problem, setProblem] = useState("");
  const one = async (file: File) => {
    setRunning((now) => now + 1);
    try {
      const attachment = await upload(conversationId, file);
      const { attachments } = getDraft(conversationId);
      changeDraft(conversationId, { attachments: [...attachments, attachment] });
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setRunning((now) => now - 1);
    }
  };
  return {
    busy: running > 0,
    problem,
    add: (files) => {
      setProblem("");
      for (const file of files) {
        if (file.type.startsWith("image/")) void one(file);
        else setProblem(said.onlyPictures);
      }
    },
    remove: (attachmentId) => {
      const { attachments } = getDraft(conversationId);
      changeDraft(conversationId, { attachments: attachments.filter(({ id }) => id !== attachmentId) });
    },
  };
}
