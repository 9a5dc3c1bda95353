import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Form } from "antd";
import { useId, useRef, useState } from "react";
import { useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { keep } from "@/kit/settings";
import { useWords } from "@/kit/words";
import { proposeImport } from "../actions";
import { lastShop, platformOf, SHOP_PLACE, shopFor } from "../guess";
import { importWords } from "../importWords";
import type { ReviewImport } from "../shapes";
import { useFile } from "../useFile";
import { LooksLike, ShopChoice } from "./ShopChoice";

interface Props {
  file: File | null;
  tooMany: boolean;
  onFile: (file: File | null) => void;
  onLooked: (view: ReviewImport) => void;
}

const TAKEN = ".xlsx,.xls,.xlsm,.csv,.tsv,.txt";
const kilobytes = (file: File) => `${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en-US")} kB`;

export function FileStep({ file, tooMany, onFile, onLooked }: Props) {
  const said = useWords(importWords);
  const { shops } = useMe();
  const input = useRef<HTMLInputElement>(null);
  const label = useId();
  const seen = useFile(file);
  const platforms = seen?.platforms ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const guessed = seen ? shopFor(shops, platforms, lastShop()) : undefined;
  const shop = picked ? shops.find(({ id }) => id === picked) : guessed;
  const [chosen, setChosen] = useState<string | null>(null);
  const platform = chosen ?? (shop ? platformOf(shop, platforms) : "");
  const refused = seen && seen.kind !== "table" ? said.refused[seen.kind](seen.file.name) : "";
  const ready = seen !== null && !refused && shop !== undefined && platform !== "";
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ file: File; words: string } | null>(null);
  const look = async () => {
    if (!file || !ready || !shop) return;
    setBusy(true);
    setProblem(null);
    try {
      const looked = await proposeImport(file, shop.id, platform);
      keep(SHOP_PLACE, shop.id);
      onLooked(looked);
    } catch (error) {
      setProblem({ file, words: wordsOf(error) });
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={() => void look()}>
      <input
        ref={input}
        type="file"
        className="rev-hidden"
        tabIndex={-1}
        accept={TAKEN}
        aria-labelledby={label}
        onChange={({ target }) => {
          onFile(target.files?.[0] ?? null);
          target.value = "";
        }}
      />
      <button type="button" id={label} className="plain rev-file" onClick={() => input.current?.click()}>
        <InboxOutlined />
        {file ? (
          <span>
            <b>{file.name}</b> <span className="faint">{kilobytes(file)}</span>
            <br />
            <span className="rev-link">{said.another}</span>
          </span>
        ) : (
          <span>
            <b>
              {said.choose}
              <span className="rev-drag">{said.orDrop}</span>
            </b>
            <br />
            <span className="faint">{said.dropHint}</span>
          </span>
        )}
      </button>
      {tooMany && <Alert type="info" title={said.oneOnly} className="rev-alert" />}
      {refused && <Alert type="error" showIcon title={refused} className="rev-alert" />}
      {problem && problem.file === file && (
        <Alert type="error" showIcon title={problem.words} className="rev-alert" />
      )}
      <ShopChoice
        shops={shops}
        shopId={shop?.id ?? ""}
        platform={platform}
        onShop={(next) => {
          setPicked(next);
          setChosen(null);
        }}
        onPlatform={setChosen}
      />
      {!refused && <LooksLike platforms={platforms} platform={platform} />}
      <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
        {busy ? said.looking : said.look}
      </Button>
    </Form>
  );
}
