import { ReadOutlined } from "@ant-design/icons";
import { EVERYONE, type Room } from "@/kit/room";
import { reactions } from "./reactions";

export const room: Room = {
  path: "knowledge",
  order: 40,
  zh: "知识",
  en: "Knowledge",
  icon: ReadOutlined,
  roles: EVERYONE,
  page: () => import("./Page"),
  reactions,
};
