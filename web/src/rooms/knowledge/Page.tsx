import { useMe } from "@/api/asks";
import { TRAINERS } from "@/kit/room";
import { useRoomId } from "@/kit/route";
import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { ArticlePane } from "./components/ArticlePane";
import { Finder } from "./components/Finder";
import "./knowledge.css";
import { words } from "./words";

export default function Page() {
  const said = useWords(words);
  const me = useMe();
  const id = useRoomId();
  const writes = TRAINERS.includes(me.role);
  return (
    <div className={id ? "know know-open" : "know"}>
      <Finder chosen={id} writes={writes} />
      <section className="know-detail" aria-label={said.title}>
        {id ? (
          <ArticlePane key={id} id={id} writes={writes} />
        ) : (
          <Teach title={said.choose}>{said.chooseHint}</Teach>
        )}
      </section>
    </div>
  );
}
