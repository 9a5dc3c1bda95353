import { InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Select } from "antd";
import { useId, useRef, useState } from "react";
import { useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import { PLATFORMS, platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { proposeImport } from "../actions";
import { importWords } from "../importWords";
import type { ReviewImport } from "../shapes";

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
  const language = useLanguage();
  const { shops } = useMe();
  const input = useRef<HTMLInputElement>(null);
  const label = useId();
  const [shopId, setShopId] = useState(shops[0]?.id ?? "");
  const shop = shops.find(({ id }) => id === shopId);
  const [chosen, setChosen] = useState<string | null>(null);
  const platform = chosen ?? shop?.platform ?? "";
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ file: File; words: string } | null>(null);
  const look = async () => {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    try {
      onLooked(await proposeImport(file, shopId, platform));
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
            <b>{said.choose}</b>
            <br />
            <span className="faint">{said.dropHint}</span>
          </span>
        )}
      </button>
      {tooMany && <Alert type="info" title={said.oneOnly} className="rev-alert" />}
      {problem && problem.file === file && (
        <Alert type="error" showIcon title={problem.words} className="rev-alert" />
      )}
      <div className="rev-two">
        <Form.Item label={said.shop} htmlFor="rev-import-shop">
          <Select
            id="rev-import-shop"
            value={shopId}
            options={shops.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(next) => {
              setShopId(next);
              setChosen(null);
            }}
          />
        </Form.Item>
        <Form.Item label={said.platform} htmlFor="rev-import-platform">
          <Select
            id="rev-import-platform"
            value={platform}
            options={PLATFORMS.map((value) => ({ value, label: platformName(value, language) }))}
            onChange={setChosen}
          />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" disabled={!file || !shopId} loading={busy}>
        {busy ? said.looking : said.look}
      </Button>
    </Form>
  );
}
