import { useMe } from "@/api/asks";
import { useWords } from "@/kit/words";
import { Keys } from "./components/Keys";
import { Members } from "./components/Members";
import { Mine } from "./components/Mine";
import { Shops } from "./components/Shops";
import "./settings.css";
import { words } from "./words";

export default function Page() {
  const said = useWords(words);
  const admin = useMe().role === "admin";
  return (
    <div className="page settings">
      <div className="page-head">
        <h1>{said.title}</h1>
      </div>
      <Mine />
      <Keys />
      {admin && <Members />}
      {admin && <Shops />}
    </div>
  );
}
