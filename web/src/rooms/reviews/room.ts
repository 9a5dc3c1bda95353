import { LikeOutlined } from "@ant-design/icons";
import { EVERYONE, type Room } from "@/kit/room";
import { reactions } from "./reactions";

export const room: Room = {
  path: "reviews",
  order: 20,
  zh: "评价",
  en: "Reviews",
  icon: LikeOutlined,
  roles: EVERYONE,
  page: () => import("./Page"),
  reactions,
};
