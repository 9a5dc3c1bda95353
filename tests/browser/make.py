"""The stage of the browser tests: 小王 on a phone, 小李 and 小陈 at their desks, 老张 who sets the rules."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)
from sqlalchemy.orm import Session

from benchmarks.house import Server
from diji import consumers, demo, knowledge, team
from diji.foundation import Warehouse, migrate
from diji.team import Role
from tests.make import PASSWORD, SHOP, found_company, password_hash

DESK = (1366, 768)
PHONE = (390, 844)
expect.set_options(timeout=10_000)  # the machine may be busy with other things
CAST = ("xiaoli", "xiaochen", "lao_zhang", "luren")
# What every shop page reports: a broken policy is otherwise only a line in the console.
REPORT = """
window.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP " + event.violatedDirective + " " + event.blockedURI));
window.addEventListener("click", () => { window.clickedAt = Date.now(); }, true);
new MutationObserver(() => {
  if (document.querySelector(".ant-notification-notice")) window.alertedAt ??= Date.now();
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True, slots=True)
class House:
    server: Server
    tickets: dict[str, str]
    cookie: str  # what it is called that carries a ticket

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"


@dataclass(frozen=True, slots=True)
class Shopfront:
    address: str

    @staticmethod
    def page_for(diji: str) -> str:
        head = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        return (
            f'{head}<h1>岚里</h1><script src="{diji}/widget.js" data-shop="{SHOP}" async></script>'
        )


def furnish(home: Path) -> dict[str, str]:
    """A company, its people and what every shop of the brand knows; the cookies of the cast."""
    home.mkdir(exist_ok=True)
    warehouse = Warehouse(home)
    migrate(warehouse.database)
    warehouse.open()
    try:
        # Playwright's own loop runs in this thread.
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(lambda: asyncio.run(_fill(warehouse))).result()
    finally:
        warehouse.close()


async def _fill(warehouse: Warehouse) -> dict[str, str]:
    store = warehouse.of("main")
    await store.write(found_company, password_hash())
    await store.write(_xiaochen)
    for article in demo.articles():
        if article.id.startswith("BR-"):
            await store.write(
                knowledge.write_article,
                {name: _plain(getattr(article, name)) for name in _FIELDS},
                article_id=article.id,
                now=datetime.now(UTC),
            )
    tickets = {}
    for login in CAST:
        ticket = await store.write(team.sign_in, login, now=datetime.now(UTC))
        tickets[login] = ticket.token
    return tickets


_FIELDS = (
    "kind", "title", "questions", "body", "reply", "intents", "products", "shops", "category",
    "facts", "valid_from", "valid_to",
)  # fmt: skip


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _xiaochen(session: Session) -> None:
    team.add_member(
        session, member_id="xiaochen", login="xiaochen", name="小陈", role=Role.AGENT, shops=[SHOP],
        password_hash=password_hash(),
    )  # fmt: skip
    consumers.welcome_visitor(session, shop_id=SHOP, now=datetime.now(UTC))


@dataclass
class Stage:
    browser: Browser
    house: House
    shopfront: Shopfront
    trouble: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def context(
        self, size: tuple[int, int], *, phone: bool = False, language: str = "zh-CN"
    ) -> BrowserContext:
        opened = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language,
            is_mobile=phone, has_touch=phone, reduced_motion="reduce",
        )  # fmt: skip
        opened.set_default_timeout(10_000)
        opened.add_init_script(REPORT)
        opened.on("console", self._hear)
        opened.on("weberror", lambda error: self.trouble.append(str(error.error)))
        self._open.append(opened)
        return opened

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and re.search(r"CSP|Content.Security.Policy", message.text):
            self.trouble.append(message.text)

    def consumer(self, *, before: Callable[[Page], None] | None = None) -> "Consumer":
        page = self.context(PHONE, phone=True).new_page()
        if before:
            before(page)
        page.goto(self.shopfront.address)
        consumer = Consumer(page)
        consumer.opens()
        return consumer

    def desk(self, login: str = "xiaoli", *, at: str = "/desk", phone: bool = False) -> "Desk":
        context = self.context(PHONE if phone else DESK, phone=phone)
        context.add_cookies(
            [
                {
                    "name": self.house.cookie,
                    "value": self.house.tickets[login],
                    "url": self.house.address,
                }
            ]
        )
        page = context.new_page()
        page.goto(self.house.address + at)
        return Desk(page)

    def close(self) -> None:
        for context in self._open:
            context.close()
        self._clear_the_desk()

    def _clear_the_desk(self) -> None:
        """Nobody's conversation may push another's out of the next test's list."""
        zhang = self.browser.new_context(base_url=self.house.address)
        cookie = {"name": self.house.cookie, "value": self.house.tickets["lao_zhang"]}
        zhang.add_cookies([{**cookie, "url": self.house.address}])  # type: ignore[typeddict-item]
        token = {"X-CSRF-Token": zhang.request.get("/api/me").json()["csrf"]}
        for one in zhang.request.get("/api/conversations?tab=open").json()["conversations"]:
            zhang.request.post(f"/api/conversations/{one['id']}/close", headers=token)
        zhang.close()


class Consumer:
    """A window of the shop's page on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self) -> None:
        """A chat that was open before a reload is open already."""
        launcher = self.page.locator("button.button")
        launcher.wait_for(state="attached")
        if launcher.get_attribute("aria-expanded") != "true":
            launcher.tap()
        expect(self.field).to_be_visible()

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def field(self) -> Locator:
        return self.chat.get_by_label("输入消息…")

    def writes(self, text: str) -> None:
        """The frame is a process of its own: until it has the browser's focus, words go nowhere."""
        for _ in range(20):
            self.page.bring_to_front()
            self.field.tap()
            self.field.fill(text)
            if self.field.input_value() == text:
                break
            self.page.wait_for_timeout(500)
        expect(self.field).to_have_value(text)

    def says(self, text: str) -> None:
        self.writes(text)
        self.field.press("Enter")
        expect(self.said(text)).to_be_visible()

    def said(self, text: str) -> Locator:
        return self.chat.get_by_role("article").filter(has_text=text)

    def sees(self, text: str) -> None:
        expect(self.said(text)).to_be_visible()

    def standing(self) -> Locator:
        return self.chat.locator("header").get_by_role("status")


class Desk:
    """A window of Diji."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def row(self, text: str) -> Locator:
        return self.page.get_by_role("option").filter(has_text=text)

    def opens(self, text: str) -> None:
        self.row(text).click()
        expect(self.thread).to_be_visible()

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def area(self) -> Locator:
        return self.page.get_by_role("textbox", name="回复", exact=True)

    def said(self, text: str) -> Locator:
        return self.thread.locator(".said").filter(has_text=text)

    def sees(self, text: str) -> None:
        expect(self.said(text)).to_be_visible()

    def replies(self, text: str) -> None:
        self.area.fill(text)
        self.area.press("Enter")
        expect(self.said(text)).to_be_visible()


def compose(page: Page, text: str) -> None:
    """An input method shows candidates and Enter takes the letters as they are."""
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition",
        {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
    )
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229},
        )
    keyboard.detach()


def posts(page: Page) -> list[Request]:
    """Requests that change something, as they go out."""
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request) if request.method == "POST" else None)
    return seen


__all__ = [
    "PASSWORD", "Consumer", "Desk", "House", "Shopfront", "Stage", "compose", "furnish", "posts",
]  # fmt: skip
