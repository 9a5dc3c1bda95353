import { CloseOutlined } from "@ant-design/icons";
import { Spin } from "antd";
import type { Attachment } from "@/api/shapes";
import { useWords } from "@/kit/words";
import type { Uploads } from "../useUploads";
import { words } from "../words";

interface Props {
  shown: Attachment[];
  uploads: Uploads;
  onRemove: (id: string) => void;
}

export function Pictures({ shown, uploads, onRemove }: Props) {
  const said = useWords(words);
  if (shown.length === 0 && !uploads.busy && !uploads.problem) return null;
  return (
    <div className="composer-pictures">
      {shown.map((one) => (
        <span key={one.id} className="composer-picture">
          <img src={`/api/files/${one.id}`} alt={said.picture} />
          <button
            type="button"
            className="plain"
            aria-label={said.removePicture}
            onClick={() => onRemove(one.id)}
          >
            <CloseOutlined />
          </button>
        </span>
      ))}
      {uploads.busy && <Spin size="small" aria-label={said.uploading} />}
      {uploads.problem && (
        <span className="fate-bad" role="alert">
          {uploads.problem}
        </span>
      )}
    </div>
  );
}
