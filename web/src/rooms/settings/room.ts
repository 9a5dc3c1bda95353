import { SettingOutlined } from "@ant-design/icons";
import { EVERYONE, type Room } from "@/kit/room";
import { reactions } from "./reactions";

export const room: Room = {
  path: "settings",
  order: 90,
  zh: "设置",
  en: "Settings",
  icon: SettingOutlined,
  roles: EVERYONE,
  page: () => import("./Page"),
  reactions,
};
