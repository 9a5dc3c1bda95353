import type { Member, MemberChange, Role } from "@/api/shapes";
import { passwordFault } from "@/kit/passwords";

/** What the form of a member holds; `shops` null means every shop. */
export interface Filled {
  name: string;
  role: Role;
  group: string;
  shops: string[] | null;
}

export function filledFrom({ name, role, group, shops }: Member): Filled {
  return { name, role, group: group ?? "", shops };
}

/** Only what differs is sent, so that two admins do not undo each other's changes. */
export function changesOf(member: Member, filled: Filled): MemberChange {
  const before = filledFrom(member);
  const change: MemberChange = {};
  if (filled.name.trim() !== before.name) change.name = filled.name.trim();
  if (filled.role !== before.role) change.role = filled.role;
  if (filled.group.trim() !== before.group) change.group = filled.group.trim();
  if (!sameShops(filled.shops, before.shops)) change.shops = filled.shops ?? "all";
  return change;
}

function sameShops(one: string[] | null, other: string[] | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((shop) => other.includes(shop));
}

// 32 signs that nobody confuses: each is five bits, so no sign is likelier than another.
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password that can be read out on the telephone: four groups of four signs, 80 bits. */
export function makePassword(login: string, random: (size: number) => Uint8Array = bytes): string {
  const signs = [...random(16)].map((byte) => SIGNS[byte % SIGNS.length] ?? "a").join("");
  const made = (signs.match(/.{4}/g) ?? []).join("-");
  return passwordFault(made, login) ? makePassword(login, random) : made;
}

function bytes(size: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(size));
}
