import type { Language } from "./words";

const NAMES: Record<string, Record<Language, string> & { short: string }> = {
  tmall: { zh: "天猫", en: "Tmall", short: "猫" },
  taobao: { zh: "淘宝", en: "Taobao", short: "淘" },
  jd: { zh: "京东", en: "JD", short: "京" },
  douyin: { zh: "抖音", en: "Douyin", short: "抖" },
  pdd: { zh: "拼多多", en: "Pinduoduo", short: "拼" },
  kuaishou: { zh: "快手", en: "Kuaishou", short: "快" },
  xiaohongshu: { zh: "小红书", en: "Xiaohongshu", short: "红" },
  weixin: { zh: "微信", en: "WeChat", short: "微" },
  own: { zh: "自有网站", en: "Own site", short: "站" },
};

export const PLATFORMS = Object.keys(NAMES);

export function platformName(platform: string, language: Language): string {
  return NAMES[platform]?.[language] ?? platform;
}

export function platformShort(platform: string): string {
  return NAMES[platform]?.short ?? platform.slice(0, 1).toUpperCase();
}
