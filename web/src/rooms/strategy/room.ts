import { ControlOutlined } from "@ant-design/icons";
import { LEADS, type Room } from "@/kit/room";
import { reactions } from "./reactions";

export const room: Room = {
  path: "strategy",
  order: 60,
  zh: "策略",
  en: "Strategy",
  icon: ControlOutlined,
  roles: LEADS,
  page: () => import("./Page"),
  reactions,
};
