import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useMe } from "@/api/asks";
import { moment } from "@/kit/format";
import { platformName } from "@/kit/platforms";
import { Teach } from "@/kit/Teach";
import { useLanguage, useWords } from "@/kit/words";
import { whole } from "../figures";
import { importWords } from "../importWords";
import { badRowsAt, importsAsk } from "../queries";
import type { ReviewImport } from "../shapes";
import { Failed } from "./Panel";

/** Past imports, newest first; each opens again. */
export function Imports({ onOpen }: { onOpen: (id: string) => void }) {
  const said = useWords(importWords);
  const { data, error, refetch } = useQuery(importsAsk);
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (data.length === 0) return <Teach title={said.noImports}>{said.noImportsHint}</Teach>;
  const heads = [
    said.file,
    said.shop,
    said.when,
    said.state,
    said.total,
    said.added,
    said.duplicates,
    said.bad,
  ];
  return (
    <div className="rev-scroll">
      <table className="rev-table rev-imports">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.map((one) => (
            <Row key={one.id} one={one} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one, onOpen }: { one: ReviewImport; onOpen: (id: string) => void }) {
  const said = useWords(importWords);
  const language = useLanguage();
  const shop = useMe().shops.find(({ id }) => id === one.shopId);
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="plain rev-link rev-cut"
          aria-label={said.open(one.fileName)}
          onClick={() => onOpen(one.id)}
        >
          {one.fileName}
        </button>
      </th>
      <td>
        {shop?.name} · {platformName(one.platform, language)}
      </td>
      <td>{moment(one.createdAt, language)}</td>
      <td title={one.error ?? undefined}>{said.states[one.state] ?? one.state}</td>
      <td>{whole(one.total)}</td>
      <td>{whole(one.added)}</td>
      <td>{whole(one.duplicates)}</td>
      <td>
        {one.bad > 0 && one.state === "finished" ? (
          <a href={badRowsAt(one.id, "xlsx")} download title={said.downloadXlsx}>
            {whole(one.bad)}
          </a>
        ) : (
          whole(one.bad)
        )}
      </td>
    </tr>
  );
}
