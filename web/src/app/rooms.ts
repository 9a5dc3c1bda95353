import type { Role } from "@/api/shapes";
import type { Room } from "@/kit/room";

const found = import.meta.glob<Room>("../rooms/*/room.{ts,tsx}", { eager: true, import: "room" });

/** Every page there is, in the order of the rail. */
export const rooms: Room[] = Object.values(found).sort((a, b) => a.order - b.order);

export function roomsFor(role: Role): Room[] {
  return rooms.filter((room) => room.roles.includes(role));
}
