import { QueryClient } from "@tanstack/react-query";
import { describe, expect, test, vi } from "vitest";
import { headingsOf, platformOf, platformsIn, shopFor } from "./guess";
import { reactions } from "./reactions";
import { kindOf, sniff } from "./sniff";

const DOUYIN = { id: "dy", platform: "douyin" };
const TMALL = { id: "tm", platform: "tmall" };
const TAOBAO = { id: "tb", platform: "taobao" };

describe("the shop that a file is meant for", () => {
  test("headings and names tell the platform", () => {
    expect(platformsIn("reviews.csv\n订单编号,宝贝标题,买家昵称")).toEqual(["taobao", "tmall"]);
    expect(platformsIn("京东评价.xlsx")).toEqual(["jd"]);
    expect(platformsIn("jd-2025.csv")).toEqual(["jd"]);
    expect(platformsIn("评价.csv\n订单编号,评价内容")).toEqual([]);
    expect(platformsIn("jdk.csv")).toEqual([]);
  });

  test("a file from Taobao is never put into the first shop, which is another platform's", () => {
    expect(shopFor([DOUYIN, TMALL], ["taobao", "tmall"], null)).toBe(TMALL);
    expect(shopFor([DOUYIN, TMALL, TAOBAO], ["taobao", "tmall"], null)).toBeUndefined();
    expect(shopFor([DOUYIN, TMALL, TAOBAO], ["taobao", "tmall"], "tb")).toBe(TAOBAO);
    expect(shopFor([DOUYIN, TMALL], ["jd"], "dy")).toBeUndefined();
  });

  test("where nothing tells, the last choice or nobody is taken; a single shop is no question", () => {
    expect(shopFor([DOUYIN, TMALL], [], null)).toBeUndefined();
    expect(shopFor([DOUYIN, TMALL], [], "tm")).toBe(TMALL);
    expect(shopFor([DOUYIN], ["jd"], null)).toBe(DOUYIN);
  });

  test("the platform is the shop's unless the file tells another; of two it asks", () => {
    expect(platformOf(TMALL, ["taobao", "tmall"])).toBe("tmall");
    expect(platformOf(DOUYIN, [])).toBe("douyin");
    expect(platformOf(DOUYIN, ["jd"])).toBe("jd");
    expect(platformOf(DOUYIN, ["taobao", "tmall"])).toBe("");
  });

  test("headings are read in the encodings of usual exports", async () => {
    const gbk = new Uint8Array([0xb1, 0xa6, 0xb1, 0xb4, 0xb1, 0xea, 0xcc, 0xe2, 0x0a, 0x31]);
    expect(await headingsOf(new File([gbk], "a.csv"))).toBe("宝贝标题\n1");
    expect(await headingsOf(new File(["\ufeff宝贝标题,星级\r\n轻羽冲锋衣,5\r\n"], "a.csv"))).toContain(
      "宝贝标题",
    );
  });
});

describe("what a file is", () => {
  const bytes = (...given: number[]) => new Uint8Array(given);

  test("a picture is known by its content, whatever it is called", async () => {
    const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
    expect(await sniff(new File([png], "reviews.csv"))).toBe("picture");
    expect(kindOf(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe("picture");
    expect(kindOf(new TextEncoder().encode("RIFF____WEBPVP8 "))).toBe("picture");
    expect(kindOf(new TextEncoder().encode("\0\0\0 ftypheic"))).toBe("picture");
    expect(kindOf(new TextEncoder().encode("\0\0\0 ftypisom"))).toBe("other");
    expect(kindOf(new TextEncoder().encode("%PDF-1.7"))).toBe("other");
  });

  test("tables pass: workbooks, text in any encoding, words that begin like a picture", () => {
    expect(kindOf(bytes(0x50, 0x4b, 3, 4))).toBe("table");
    expect(kindOf(bytes(0xb1, 0xa6, 0xb1, 0xb4))).toBe("table");
    expect(kindOf(new TextEncoder().encode("BM店铺评价,星级"))).toBe("table");
    expect(kindOf(bytes())).toBe("empty");
  });
});

describe("an import taken back", () => {
  test("the board and the list are asked again at once", () => {
    const client = new QueryClient();
    const asked = vi.spyOn(client, "invalidateQueries");
    const event = { id: "1", name: "reviews.withdrawn", importId: "i", withdrawn: 3 };
    reactions["reviews.withdrawn"]?.(event as never, client);
    const keys = asked.mock.calls.map(([which]) => which?.queryKey?.join(" "));
    expect(keys).toEqual(expect.arrayContaining(["reviews list", "reviews figures", "reviews imports"]));
  });
});
