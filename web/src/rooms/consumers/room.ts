import { TeamOutlined } from "@ant-design/icons";
import { EVERYONE, type Room } from "@/kit/room";
import { reactions } from "./reactions";

export const room: Room = {
  path: "consumers",
  order: 30,
  zh: "消费者",
  en: "Consumers",
  icon: TeamOutlined,
  roles: EVERYONE,
  page: () => import("./Page"),
  reactions,
};
