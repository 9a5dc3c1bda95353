import { api, ask } from "@/api/client";
import type { Member, NewMember, Shop } from "@/api/shapes";

export function addMember(body: NewMember): Promise<Member> {
  return ask(api.POST("/api/members", { body }));
}

export function addShop(body: { name: string; platform: string }): Promise<Shop> {
  return ask(api.POST("/api/shops", { body }));
}
