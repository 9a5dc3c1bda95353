import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMe } from "@/api/asks";
import { useFeedState } from "@/api/live";
import { useKey } from "@/kit/keys";
import { useLanguage, useWords } from "@/kit/words";
import { DemoBar } from "./DemoBar";
import { Rail } from "./Rail";
import { ReminderBar } from "./ReminderBar";
import { rooms, roomsFor } from "./rooms";
import { useLiveFeed } from "./useFeed";
import { words } from "./words";

const Palette = lazy(() => import("./Palette"));
const KeyTable = lazy(() => import("./KeyTable"));

export function Shell() {
  const said = useWords(words);
  const me = useMe();
  const lost = useFeedState() === "lost";
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const onDesk = useLocation({ select: ({ pathname }) => pathname.split("/")[1] === "desk" });
  useLiveFeed();
  useTitle();
  useKey("palette", () => setOpen((now) => (now === "palette" ? null : "palette")));
  useKey("help", () => setOpen("keys"));
  const watches = roomsFor(me.role).filter((room) => room.watch);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {said.skip}
      </a>
      <div className="shell-bars">
        {lost && (
          <div className="lost" role="status">
            {said.lost}
          </div>
        )}
        <DemoBar />
        {onDesk && <ReminderBar />}
      </div>
      <Rail onPalette={() => setOpen("palette")} onKeys={() => setOpen("keys")} />
      <main id="page" className="shell-page" tabIndex={-1}>
        <Outlet />
      </main>
      {watches.map(({ path, watch: Watch }) => Watch && <Watch key={path} />)}
      <Suspense fallback={null}>
        {open === "palette" && <Palette onClose={() => setOpen(null)} onKeys={() => setOpen("keys")} />}
        {open === "keys" && <KeyTable onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

/** The page's name in the browser's tab. */
function useTitle(): void {
  const language = useLanguage();
  const place = useLocation({ select: ({ pathname }) => pathname.split("/")[1] });
  const room = rooms.find(({ path }) => path === place);
  useEffect(() => {
    document.title = room ? `${room[language]} · Diji` : "Diji 地基";
  }, [room, language]);
}
