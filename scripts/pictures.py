"""Takes the README's pictures from a fresh demo: python scripts/pictures.py

A consumer whose parcel has stood still asks on a phone, 小周 takes over, and the screen is photographed.
"""

import io
import json
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.house import Server, free_port  # noqa: E402 - the script runs from anywhere

PICTURES = ROOT / "docs" / "pictures"
MOST = 250_000
DESK, PHONE = (1366, 768), (390, 844)
# Buyers come and go; a picture needs several in the list.
CROWD = 5


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder), free_port(), "demo")
        server.start()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            photograph(browser, f"http://127.0.0.1:{server.port}")
        finally:
            browser.close()
            server.stop()


def photograph(browser: Browser, address: str) -> None:
    while (state := asked(f"{address}/api/demo/state"))["done"] < state["total"]:
        time.sleep(1)
    desk = entered(browser, address, "xiaozhou", DESK)
    # A policy that forbids eval forbids Playwright's wait_for_function too.
    desk.get_by_role("option").nth(CROWD - 1).wait_for(timeout=240_000)
    widget = consumer(browser, address)
    say(widget, "请问包邮吗")
    widget.wait_for_timeout(3000)
    say(widget, "快递三天没动了，什么意思？我周末出门要用的")
    desk.get_by_role("option").filter(has_text="三天没动").click()
    desk.get_by_role("toolbar", name="推荐话术").wait_for()
    desk.keyboard.press("Alt+t")
    desk.keyboard.press("Alt+2")
    desk.wait_for_timeout(2500)
    desk.mouse.move(700, 400)
    keep("desk", desk)
    where = desk.url.removeprefix(address)
    for name, size, shade in (("desk-dark", DESK, "dark"), ("desk-phone", PHONE, "light")):
        page = entered(browser, address, "xiaozhou", size, at=where, shade=shade)
        page.wait_for_selector(".bubble")
        page.wait_for_timeout(2500)
        keep(name, page)
    desk.get_by_role("textbox", name="回复", exact=True).press("Enter")
    widget.wait_for_timeout(1500)
    keep("widget-phone", widget)
    reviews = entered(browser, address, "laozhang", DESK, at="/reviews")
    reviews.wait_for_timeout(4000)
    keep("reviews", reviews)


def asked(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
        return json.load(answer)


def opened(browser: Browser, size: tuple[int, int], shade: str = "light") -> BrowserContext:
    phone = size == PHONE
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", is_mobile=phone,
        color_scheme=shade, timezone_id="Asia/Shanghai", reduced_motion="reduce",  # type: ignore[arg-type]
        has_touch=phone,
    )  # fmt: skip


def entered(
    browser: Browser,
    address: str,
    member: str,
    size: tuple[int, int],
    at: str = "/desk",
    shade: str = "light",
) -> Page:
    context = opened(browser, size, shade)
    context.request.post(f"{address}/api/demo/enter", data={"memberId": member})
    page = context.new_page()
    page.goto(address + at)
    return page


def consumer(browser: Browser, address: str) -> Page:
    """A buyer whose parcel stands still, on the phone, known to the shop."""
    buyers = asked(f"{address}/api/demo/buyers")
    who = next(b for b in buyers if b["shop"] == "tmall" and "停" in b["story"])
    page = opened(browser, PHONE).new_page()
    data = f'data-shop="{who["shop"]}" data-user-id="{who["userId"]}"'
    data += f' data-user-name="{who["name"]}" data-user-signature="{who["signature"]}"'
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    html = f'{head}<script src="{address}/widget.js" {data} async></script>'
    page.route(f"{address}/shop", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{address}/shop")
    page.get_by_role("button", name="联系客服").tap()
    page.frame_locator("iframe").get_by_label("输入消息…").wait_for()
    page.wait_for_timeout(1000)
    return page


def say(page: Page, text: str) -> None:
    field = page.frame_locator("iframe").get_by_label("输入消息…")
    field.fill(text)
    field.press("Enter")


def keep(name: str, page: Page) -> None:
    """Small enough for a clone; fewer colours only where it must be."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = PICTURES / f"{name}.png"
    shot.save(path, optimize=True)
    if path.stat().st_size > MOST:
        shot.quantize(colors=256, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size / 1000:.0f} kB")
    if size > MOST:
        sys.exit(f"{name} is larger than {MOST // 1000} kB")


if __name__ == "__main__":
    main()
