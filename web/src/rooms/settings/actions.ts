import { api, ask } from "@/api/client";
import type { Member, MemberChange, NewMember, Shop, ShopChange } from "@/api/shapes";

export function addMember(body: NewMember): Promise<Member> {
  return ask(api.POST("/api/members", { body }));
}

export function changeMember(id: string, body: MemberChange): Promise<Member> {
  return ask(api.PATCH("/api/members/{member_id}", { params: { path: { member_id: id } }, body }));
}

export async function removeMember(id: string): Promise<void> {
  await ask(api.DELETE("/api/members/{member_id}", { params: { path: { member_id: id } } }));
}

export async function changeMyPassword(body: { old: string; new: string }): Promise<void> {
  await ask(api.PUT("/api/me/password", { body }));
}

export async function renameCompany(name: string): Promise<void> {
  await ask(api.PATCH("/api/company", { body: { name } }));
}

export function addShop(body: { name: string; platform: string }): Promise<Shop> {
  return ask(api.POST("/api/shops", { body }));
}

export function changeShop(id: string, body: ShopChange): Promise<Shop> {
  return ask(api.PATCH("/api/shops/{shop_id}", { params: { path: { shop_id: id } }, body }));
}
