import { Teach } from "@/kit/Teach";
import { useWords } from "@/kit/words";
import { words } from "../words";

/** Nothing was imported yet: what to bring, and what this page will say then. */
export function Empty({ imports, button }: { imports: boolean; button: React.ReactNode }) {
  const said = useWords(words);
  const [head, ...rows] = said.sample;
  return (
    <div className="rev-empty">
      <Teach title={said.noneYet}>
        <p>{imports ? said.noneYetHint : said.noneYetAgent}</p>
        {button}
      </Teach>
      {imports && (
        <>
          <p className="quiet">{said.takes}</p>
          <div className="rev-scroll">
            <table className="rev-table rev-sample">
              <thead>
                <tr>
                  {head?.map((cell) => (
                    <th key={cell} scope="col">
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row[0]}>
                    {row.map((cell) => (
                      <td key={cell}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="faint">{said.needed}</p>
        </>
      )}
    </div>
  );
}
