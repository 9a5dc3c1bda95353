import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useMe } from "@/api/asks";
import { wordsOf } from "@/api/problem";
import type { Member } from "@/api/shapes";
import { useWords } from "@/kit/words";
import { teamAsk } from "../queries";
import { teamWords } from "../teamWords";
import { AddMember } from "./AddMember";
import { EditMember } from "./EditMember";

export function Members() {
  const said = useWords(teamWords);
  const { data, error, isPending } = useQuery(teamAsk);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<Member | null>(null);
  const heads = [said.name, said.login, said.role, said.group, said.sees, said.state];
  return (
    <section aria-label={said.members}>
      <h2>
        {said.members}{" "}
        <Button size="small" onClick={() => setAdding(true)}>
          {said.addMember}
        </Button>
      </h2>
      <p className="faint">{said.membersHint}</p>
      {isPending && <Skeleton active title={false} />}
      {error && <p role="alert">{wordsOf(error)}</p>}
      {data && (
        <div className="members">
          <table>
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
                <MemberRow key={one.id} member={one} onOpen={() => setChosen(one)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {adding && <AddMember onClose={() => setAdding(false)} />}
      {chosen && <EditMember key={chosen.id} member={chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}

/** The name's button lies over the whole row. */
function MemberRow({ member, onOpen }: { member: Member; onOpen: () => void }) {
  const said = useWords(teamWords);
  const me = useMe();
  return (
    <tr>
      <td>
        <button
          type="button"
          className="plain member-open"
          aria-label={said.change(member.name)}
          onClick={onOpen}
        >
          {member.name}
          {member.id === me.id && <span className="faint">{said.you}</span>}
        </button>
      </td>
      <td>{member.login}</td>
      <td>{said.roles[member.role]}</td>
      <td>{member.group}</td>
      <td>{useShopNames(member.shops)}</td>
      <td>{said.states[member.state] ?? member.state}</td>
    </tr>
  );
}

function useShopNames(ids: string[] | null): string {
  const said = useWords(teamWords);
  const { shops } = useMe();
  if (ids === null) return said.allShops;
  const names = shops.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return names.join("、") || said.noShops;
}
