/** @jsxImportSource preact */
import { render } from "preact";
import { flashTitle, stopFlashing } from "../flash";
import { Bridge } from "./bridge";
import { App } from "./components/App";
import { borrow } from "./keep";
import { chosen as words } from "./language";
import { Talk } from "./talk";
import "./frame.css";

const shop = new URLSearchParams(location.search).get("shop") ?? "";
const bridge = new Bridge();
const talk = new Talk(shop, words);

document.documentElement.lang = words.code;
const close = bridge.alone ? null : () => bridge.tell({ say: "close" });
const page = document.getElementById("chat");
if (page) render(<App talk={talk} words={words} close={close} />, page);

let told = { shop: "", unread: 0 };
talk.watch(({ shop: name, colour, unread }) => {
  if (name && name !== told.shop) {
    document.title = name;
    bridge.tell({ say: "shop", name, colour });
  }
  if (unread !== told.unread) {
    bridge.tell({ say: "unread", count: unread });
    if (bridge.alone) flashTitle(unread, words.newMessage);
  }
  told = { shop: name, unread };
});
document.addEventListener("visibilitychange", () => document.hidden || stopFlashing());

bridge.listen({
  hello: (user, open, kept) => {
    borrow(kept, (key, value) => bridge.tell({ say: "keep", key, value }));
    talk.begin(user, open);
  },
  open: (draft) => talk.open(draft),
  closed: () => talk.closed(),
});
