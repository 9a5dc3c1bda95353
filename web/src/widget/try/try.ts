/** A small shop page with the widget on it: `/widget/try?shop=SHOP`, to be a consumer for a while. */

import "./try.css";

interface Good {
  name: string;
  words: string;
  price: string;
  kind: string;
  question: string;
}

const GOODS: Good[] = [
  {
    name: "云感纯棉圆领 T 恤",
    words: "新疆长绒棉 · 不易变形",
    price: "89",
    kind: "shirt",
    question: "这件 T 恤 165cm 105 斤穿什么码？",
  },
  {
    name: "清爽控油洁面乳",
    words: "氨基酸 · 油皮友好",
    price: "69",
    kind: "tube",
    question: "敏感肌能用这款洁面吗？",
  },
  {
    name: "每日坚果礼盒",
    words: "30 袋 · 独立小包装",
    price: "99",
    kind: "box",
    question: "坚果保质期多久？最近生产的吗？",
  },
  {
    name: "轻音破壁机",
    words: "38 分贝 · 一键清洗",
    price: "499",
    kind: "jug",
    question: "破壁机用了一次就漏水，怎么办？",
  },
];
const QUESTIONS = ["快递三天没动了，什么意思？", "我要退货，怎么操作？", "转人工"];
const SHAPES: Record<string, string> = {
  shirt: "M20 14 8 22l5 9 6-3v26h26V28l6 3 5-9-12-8c-2 4-6 6-12 6s-10-2-12-6Z",
  tube: "M22 10h20l-3 34H25zM26 44h12v10H26z",
  box: "M10 22h44v32H10zM10 22l8-10h28l8 10M32 12v42",
  jug: "M20 10h24l-3 30H23zM23 40h18l4 14H19zM44 16h8v14h-9",
};

const shop = new URLSearchParams(location.search).get("shop") ?? "";
const page = document.getElementById("shop");
if (page)
  page.append(...(shop ? storefront() : [make("p", "地址里缺少店铺：/widget/try?shop=店铺编号", "missing")]));
if (shop) putScript();

/** Exactly what a shop puts on its page. */
function putScript(): void {
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.dataset.shop = shop;
  script.async = true;
  document.body.append(script);
}

function storefront(): HTMLElement[] {
  const head = make("header", "", "top");
  const title = make("div");
  title.append(make("h1", "示例店铺"), make("p", "这是一个模拟的店铺页面，右下角是客服。您在这里就是顾客。"));
  const other = press("换一位顾客", "quiet", forget);
  head.append(title, other);

  const ask = make("section", "", "ask");
  ask.append(make("h2", "想问什么？"));
  const chips = make("div", "", "chips");
  chips.append(...QUESTIONS.map((question) => press(question, "chip", () => window.diji?.open(question))));
  ask.append(chips);

  const goods = make("section", "", "goods");
  goods.append(...GOODS.map(card));
  return [head, ask, goods];
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
    press("咨询客服", "buy", () => window.diji?.open(good.question)),
  );
  return made;
}

/** The next chat begins as somebody whom nobody knows. */
function forget(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`diji:${shop}:`)) localStorage.removeItem(key);
  }
  location.reload();
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
