import { MessageOutlined } from "@ant-design/icons";
import { EVERYONE, type Room } from "@/kit/room";
import { Alerts } from "./Alerts";
import { reactions } from "./reactions";

export const room: Room = {
  path: "desk",
  order: 10,
  zh: "接待",
  en: "Desk",
  icon: MessageOutlined,
  roles: EVERYONE,
  page: () => import("./Page"),
  reactions,
  watch: Alerts,
};
