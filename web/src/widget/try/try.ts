/** A small shop page with the widget on it: `/widget/try?shop=SHOP`, to be a consumer for a while. */

import "./try.css";
import { isShop, knownShops } from "./shops";
import { type Buyer, buyersOf, draftAbout, pageAs, signed } from "./who";

interface Good {
  /** As the demo's shops call it: what is asked about it is answered from its own attributes. */
  product: string;
  name: string;
  words: string;
  price: string;
  kind: string;
  question: string;
}

const english = !/^zh/i.test(navigator.language || "zh");
const say = english
  ? {
      title: "Try it as a customer · Diji",
      shop: "Example shop",
      about: "A pretended shop page with its support at the lower right. Here you are the customer.",
      as: "Be this customer",
      nobody: "A new visitor",
      ask: "What would you like to ask? The example shop speaks Chinese.",
      buy: "Ask support",
      missing: "The address lacks a shop: /widget/try?shop=SHOP_ID",
      unknown: (id: string) => `There is no shop “${id}”.`,
      choose: "These are the shops:",
      lookUp: "Sign in, and this page lists your shops; their ids also stand in Settings › Team.",
    }
  : {
      title: "当一回顾客 · Diji",
      shop: "示例店铺",
      about: "这是一个模拟的店铺页面，右下角是客服。您在这里就是顾客。",
      as: "以这位顾客的身份",
      nobody: "新访客",
      ask: "想问什么？",
      buy: "咨询客服",
      missing: "地址里缺少店铺：/widget/try?shop=店铺编号",
      unknown: (id: string) => `没有“${id}”这家店铺。`,
      choose: "现有的店铺：",
      lookUp: "登录后再打开这里，会列出您的店铺；“设置 › 团队”里也能看到编号。",
    };

const GOODS: Good[] = [
  {
    product: "岚里 新疆长绒棉圆领T恤",
    name: english ? "Cotton T-shirt, round neck" : "新疆长绒棉圆领 T 恤",
    words: english ? "Long-staple cotton · keeps its shape" : "40 支双股 · 预缩不易变形",
    price: "99",
    kind: "shirt",
    question: "是什么面料的？",
  },
  {
    product: "岚里 氨基酸温和洁面乳 120g",
    name: english ? "Gentle face wash" : "氨基酸温和洁面乳",
    words: english ? "Amino acids · for dry and oily skin" : "弱酸性 · 干皮油皮各有一支",
    price: "59",
    kind: "tube",
    question: "敏感肌能用吗？",
  },
  {
    product: "岚里 每日混合坚果 25g×30包",
    name: english ? "Daily nuts" : "每日混合坚果",
    words: english ? "30 bags · packed one by one" : "30 包 · 充氮独立小包",
    price: "99",
    kind: "box",
    question: "保质期多久？",
  },
  {
    product: "岚里 低音加热破壁机 1.75L",
    name: english ? "Quiet blender" : "低音加热破壁机",
    words: english ? "70 dB under its hood · cleans itself" : "盖上隔音罩约 70dB · 自清洗",
    price: "499",
    kind: "jug",
    question: "声音大不大？",
  },
];
const QUESTIONS = ["快递三天没动了，什么意思？", "我要退货，怎么操作？", "转人工"];
const SHAPES: Record<string, string> = {
  shirt: "M20 14 8 22l5 9 6-3v26h26V28l6 3 5-9-12-8c-2 4-6 6-12 6s-10-2-12-6Z",
  tube: "M22 10h20l-3 34H25zM26 44h12v10H26z",
  box: "M10 22h44v32H10zM10 22l8-10h28l8 10M32 12v42",
  jug: "M20 10h24l-3 30H23zM23 40h18l4 14H19zM44 16h8v14h-9",
};

const asked = new URLSearchParams(location.search);
const shop = asked.get("shop") ?? "";
const page = document.getElementById("shop");
document.documentElement.lang = english ? "en" : "zh-CN";
document.title = say.title;
void openShop();

async function openShop(): Promise<void> {
  if (!shop || !(await isShop(shop))) {
    page?.append(await noShop());
    return;
  }
  const buyers = await buyersOf(shop);
  const me = buyers.find(({ userId }) => userId === asked.get("as")) ?? null;
  page?.append(...storefront(buyers, me));
  putScript(me);
}

/** What is wrong with the address, and which shops there are, as far as who looks may know. */
async function noShop(): Promise<HTMLElement> {
  const made = make("section", "", "missing");
  made.append(make("h1", shop ? say.unknown(shop) : say.missing));
  const known = await knownShops();
  made.append(make("p", known.length > 0 ? say.choose : say.lookUp));
  const list = make("ul");
  for (const { id, name } of known) {
    const item = make("li");
    const link = make("a", name) as HTMLAnchorElement;
    link.href = pageAs(id, null);
    item.append(link, ` ${id}`);
    list.append(item);
  }
  made.append(list);
  return made;
}

/** Exactly what a shop puts on its page. */
function putScript(me: Buyer | null): void {
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.dataset.shop = shop;
  if (me) Object.assign(script.dataset, signed(me));
  script.async = true;
  document.body.append(script);
}

function storefront(buyers: Buyer[], me: Buyer | null): HTMLElement[] {
  const head = make("header", "", "top");
  const title = make("div");
  title.append(make("h1", say.shop), make("p", say.about));
  head.append(title);

  const ask = make("section", "", "ask");
  ask.append(make("h2", say.ask));
  const chips = make("div", "", "chips");
  chips.append(...QUESTIONS.map((question) => press(question, "chip", () => window.diji?.open(question))));
  ask.append(chips);

  const goods = make("section", "", "goods");
  goods.append(...GOODS.map(card));
  return [head, whoAmI(buyers, me), ask, goods];
}

/** Consumers with orders, so that one can ask where a parcel is; and somebody whom nobody knows. */
function whoAmI(buyers: Buyer[], me: Buyer | null): HTMLElement {
  const who = make("section", "", "ask");
  const chips = make("div", "", "chips");
  for (const one of [...buyers, null]) {
    const text = one ? `${one.name} · ${one.story}` : say.nobody;
    const chip = press(text, "chip", () => become(one));
    chip.setAttribute("aria-pressed", String(one?.userId === me?.userId));
    chips.append(chip);
  }
  who.append(make("h2", say.as), chips);
  return who;
}

function card(good: Good): HTMLElement {
  const made = make("article", "", good.kind);
  const price = make("p", "¥", "price");
  price.append(make("b", good.price));
  made.append(
    drawing(SHAPES[good.kind] ?? ""),
    make("h3", good.name),
    make("p", good.words),
    price,
    press(say.buy, "buy", () => window.diji?.open(draftAbout(good.product, good.question))),
  );
  return made;
}

/** The next chat begins as this consumer, or as somebody whom nobody knows. */
function become(buyer: Buyer | null): void {
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store)) {
      if (key.startsWith(`diji:${shop}:`)) store.removeItem(key);
    }
  }
  location.assign(pageAs(shop, buyer?.userId ?? null));
}

function make(name: string, text = "", kind = ""): HTMLElement {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function press(text: string, kind: string, act: () => void): HTMLElement {
  const made = make("button", text, kind);
  made.setAttribute("type", "button");
  made.addEventListener("click", act);
  return made;
}

function drawing(shape: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 64 64");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shape);
  svg.append(path);
  return svg;
}
