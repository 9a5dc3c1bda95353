import { ArrowLeftOutlined, FullscreenOutlined, HistoryOutlined, UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useMe } from "@/api/asks";
import { comboFor, shownCombo, useKey } from "@/kit/keys";
import { TRAINERS } from "@/kit/room";
import { useGo, useRoomId } from "@/kit/route";
import { useWords } from "@/kit/words";
import { Chips } from "./components/Chips";
import { DropZone } from "./components/DropZone";
import { Empty } from "./components/Empty";
import { Falling } from "./components/Falling";
import { FilterBar, PeriodChoice } from "./components/FilterBar";
import { Heat } from "./components/Heat";
import { Issues } from "./components/Issues";
import { Platforms, Products } from "./components/Lines";
import { ReviewList } from "./components/ReviewList";
import { Tiles } from "./components/Tiles";
import { Trend } from "./components/Trend";
import { Voices } from "./components/Voices";
import { importWords } from "./importWords";
import { totalsAsk } from "./queries";
import "./reviews.css";
import "./panels.css";
import "./list.css";
import "./import.css";
import { useQuestion } from "./useQuestion";
import { words } from "./words";

const Wall = lazy(() => import("./components/Wall").then(({ Wall: page }) => ({ default: page })));
const Imports = lazy(() => import("./components/Imports").then(({ Imports: page }) => ({ default: page })));
const ImportDialog = lazy(() =>
  import("./components/ImportDialog").then(({ ImportDialog: dialog }) => ({ default: dialog })),
);

export default function Page() {
  const me = useMe();
  const go = useGo();
  const past = useRoomId() === "imports";
  const imports = TRAINERS.includes(me.role);
  const { beside, show } = useQuestion();
  const [file, setFile] = useState<File | null>(null);
  const [tooMany, setTooMany] = useState(false);
  const open = imports ? beside.import : undefined;
  const openImport = (id: string | undefined) =>
    past ? go({ room: "reviews", id: "imports", filters: { import: id } }) : show({ import: id });
  const take = (files: File[]) => {
    setFile(files[0] ?? null);
    setTooMany(files.length > 1);
    openImport("new");
  };
  const wall = beside.wall === "on" && !past;
  useKey("wall", () => show({ wall: "on" }), !past && !open && !wall);
  const button = imports && <ImportButton onClick={() => take([])} />;
  return (
    <div className="page rev-page">
      {past && <PastImports button={button} onOpen={openImport} />}
      {!past && !wall && <Board imports={imports} button={button} />}
      {imports && <DropZone onFiles={take} />}
      <Suspense fallback={null}>
        {open && (
          <ImportDialog
            id={open}
            file={file}
            tooMany={tooMany}
            onFile={(one) => {
              setFile(one);
              setTooMany(false);
            }}
            onOpen={(id) => {
              setFile(null);
              setTooMany(false);
              openImport(id);
            }}
            onClose={() => openImport(undefined)}
            onSee={({ shopId }) => go({ room: "reviews", filters: { period: "all", shop: shopId } })}
          />
        )}
        {wall && <Wall onLeave={() => show({ wall: undefined })} />}
      </Suspense>
    </div>
  );
}

function ImportButton({ onClick }: { onClick: () => void }) {
  const said = useWords(importWords);
  return (
    <Button type="primary" icon={<UploadOutlined />} onClick={onClick}>
      {said.button}
    </Button>
  );
}

function Board({ imports, button }: { imports: boolean; button: ReactNode }) {
  const said = useWords(words);
  const { today } = useQuestion();
  const whole = useQuery(totalsAsk({}));
  const nothing = whole.data?.now.count === 0;
  return (
    <>
      <div className="rev-head">
        <div className="rev-head-line">
          <h1>{said.title}</h1>
          {!nothing && <PeriodChoice key={today} />}
          <span className="rev-space" />
          <HeadButtons imports={imports} />
          {button}
        </div>
        {!nothing && <Chips />}
      </div>
      {nothing ? (
        <Empty imports={imports} button={button} />
      ) : (
        <>
          <FilterBar />
          <Tiles />
          <div className="rev-board">
            <div className="rev-column">
              <Trend />
              <Heat />
              <Issues />
              <Platforms />
            </div>
            <div className="rev-column">
              <Falling />
              <Voices />
              <Products />
            </div>
          </div>
          <ReviewList />
        </>
      )}
    </>
  );
}

function HeadButtons({ imports }: { imports: boolean }) {
  const said = useWords(words);
  const importing = useWords(importWords);
  const go = useGo();
  const { show } = useQuestion();
  return (
    <>
      <Tooltip title={said.wallHint(shownCombo(comboFor("wall")))}>
        <Button
          type="text"
          className="rev-to-wall"
          aria-label={said.wall}
          icon={<FullscreenOutlined />}
          onClick={() => show({ wall: "on" })}
        />
      </Tooltip>
      {imports && (
        <Tooltip title={importing.past}>
          <Button
            type="text"
            aria-label={importing.past}
            icon={<HistoryOutlined />}
            onClick={() => go({ room: "reviews", id: "imports" })}
          />
        </Tooltip>
      )}
    </>
  );
}

function PastImports({ button, onOpen }: { button: ReactNode; onOpen: (id: string) => void }) {
  const said = useWords(importWords);
  const go = useGo();
  return (
    <>
      <div className="page-head">
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => go({ room: "reviews" })}>
          {said.toBoard}
        </Button>
        <h1>{said.past}</h1>
        <span className="rev-space" />
        {button}
      </div>
      <Suspense fallback={null}>
        <Imports onOpen={onOpen} />
      </Suspense>
    </>
  );
}
