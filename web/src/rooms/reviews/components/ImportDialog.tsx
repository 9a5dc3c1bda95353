import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal, Skeleton } from "antd";
import { useWords } from "@/kit/words";
import { importWords } from "../importWords";
import { importAsk, importsAsk } from "../queries";
import type { ReviewImport } from "../shapes";
import { FileStep } from "./FileStep";
import { MappingStep } from "./MappingStep";
import { Failed } from "./Panel";
import { ProgressStep } from "./ProgressStep";

interface Props {
  /** The import in the address; "new" before a file was looked at. */
  id: string;
  file: File | null;
  tooMany: boolean;
  onFile: (file: File | null) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
  onSee: (done: ReviewImport) => void;
}

/** From a file to reviews: look, check the columns, confirm, watch. It stands in the address, so a reload keeps it. */
export function ImportDialog({ id, file, tooMany, onFile, onOpen, onClose, onSee }: Props) {
  const said = useWords(importWords);
  const client = useQueryClient();
  const fresh = id === "new";
  const { data: one, error, refetch } = useQuery({ ...importAsk(id), enabled: !fresh });
  const became = (view: ReviewImport) => {
    client.setQueryData(importAsk(view.id).queryKey, view);
    void client.invalidateQueries({ queryKey: importsAsk.queryKey });
    if (view.id !== id) onOpen(view.id);
  };
  return (
    <Modal
      open
      title={one ? `${said.title} · ${one.fileName}` : said.title}
      footer={null}
      width={one?.state === "proposed" ? 760 : 560}
      style={{ top: 40 }}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {fresh && <FileStep file={file} tooMany={tooMany} onFile={onFile} onLooked={became} />}
      {!fresh && !one && !error && <Skeleton active />}
      {!fresh && !one && error && <Failed error={error} again={() => void refetch()} />}
      {one?.state === "proposed" && (
        <MappingStep key={one.id} one={one} onBegun={became} onAgain={() => onOpen("new")} />
      )}
      {one && one.state !== "proposed" && (
        <ProgressStep one={one} onBegun={became} onMore={() => onOpen("new")} onSee={() => onSee(one)} />
      )}
    </Modal>
  );
}
