/** Which platform a file is from, and so which shop it is meant for: told by its name and its headings, never by chance. */

interface Shop {
  id: string;
  platform: string;
}

const SIGNS: [RegExp, string[]][] = [
  [/拼多多|多多|pdd|pinduoduo/i, ["pdd"]],
  [/京东|(?<![a-z])jd(?![a-z])|referencename|referenceid/i, ["jd"]],
  [/抖音|抖店|douyin|飞鸽|达人/i, ["douyin"]],
  [/快手|kuaishou/i, ["kuaishou"]],
  [/小红书|xiaohongshu|薯店/i, ["xiaohongshu"]],
  [/微信|视频号|weixin|wechat/i, ["weixin"]],
  [/天猫|tmall/i, ["tmall"]],
  [/淘宝|taobao|宝贝|旺旺/i, ["taobao", "tmall"]],
];
const HEAD = 4_096;

/** The platforms that a file may be from; none where nothing tells. */
export function platformsIn(words: string): string[] {
  return SIGNS.find(([sign]) => sign.test(words))?.[1] ?? [];
}

/** The shop that a file is surely meant for, or none: then a person is asked. */
export function shopFor<S extends Shop>(shops: S[], platforms: string[], last: string | null): S | undefined {
  if (shops.length <= 1) return shops[0];
  const fitting = platforms.length ? shops.filter(({ platform }) => platforms.includes(platform)) : shops;
  return fitting.length === 1 ? fitting[0] : fitting.find(({ id }) => id === last);
}

/** The platform that the file tells of; the shop's own where it tells of none or of several with the shop's. */
export function platformOf(shop: Shop | undefined, platforms: string[]): string {
  if (shop && (platforms.length === 0 || platforms.includes(shop.platform))) return shop.platform;
  return platforms.length === 1 ? (platforms[0] ?? "") : "";
}

export const SHOP_PLACE = "diji.reviews.shop";

/** The shop that this person chose the last time. */
export function lastShop(): string | null {
  try {
    return localStorage.getItem(SHOP_PLACE);
  } catch {
    return null;
  }
}

/** The first line or two of a text file, in whichever of the usual encodings reads it. */
export async function headingsOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const utf8 = new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
  const text = /\uFFFD(?!\uFFFD*$)/.test(utf8) ? new TextDecoder("gb18030").decode(bytes) : utf8;
  return text.split(/\r?\n/).slice(0, 2).join("\n");
}
