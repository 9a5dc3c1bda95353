"""What tests need, with one cast everywhere: 小王 buys, 小李 answers, 老张 owns the shop, 路人 may see nothing."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy.orm import Session

from diji import consumers, conversations, knowledge, team
from diji.app import House, build_app
from diji.conversations import Heard, MessageView
from diji.foundation import Actor, Store, Warehouse
from diji.team import Role

SHOP = "tmall"
OTHER_SHOP = "jd"
PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' cast
PATIENCE = 10.0  # seconds that a test waits for the house to settle


def now() -> datetime:
    return datetime.now(UTC)


def found_company(session: Session, password_hash: str) -> None:
    """A company with two shops and the cast; 路人 works for the other shop."""
    team.set_up(session, company="岚里", now=now())
    team.add_shop(session, shop_id=SHOP, name="岚里天猫店", platform="tmall")
    team.add_shop(session, shop_id=OTHER_SHOP, name="岚里京东店", platform="jd")
    people = [
        ("xiaoli", "小李", Role.AGENT, [SHOP]),
        ("lao_zhang", "老张", Role.LEAD, None),
        ("a_min", "阿敏", Role.TRAINER, None),
        ("admin", "管理员", Role.ADMIN, None),
        ("luren", "路人", Role.AGENT, [OTHER_SHOP]),
    ]
    for login, name, role, shops in people:
        team.add_member(
            session,
            member_id=login,
            login=login,
            name=name,
            role=role,
            shops=shops,
            password_hash=password_hash,
        )


def add_consumer(session: Session, name: str = "小王", shop_id: str = SHOP) -> str:
    return consumers.recognise(
        session, shop_id=shop_id, channel="widget", external_id=name, name=name, now=now()
    )


def article(title: str, *, asks: list[str], reply: str, **more: Any) -> dict[str, Any]:
    """An article as `knowledge.write_article` takes it."""
    return {
        "kind": "article",
        "title": title,
        "questions": asks,
        "body": reply,
        "reply": reply,
        "intents": [],
        "products": [],
        "shops": [],
        "category": "",
        "facts": {},
        "valid_from": None,
        "valid_to": None,
        **more,
    }


async def eventually(holds: Any, *, within: float = PATIENCE) -> Any:
    """Wait until the awaited value is true, and give it back."""
    until = time.monotonic() + within
    while True:
        value = await holds()
        if value:
            return value
        if time.monotonic() > until:
            message = f"still not so after {within} s: {holds}"
            raise AssertionError(message)
        await asyncio.sleep(0.02)


@dataclass
class Shop:
    """An open shop, spoken of as a story would."""

    app: FastAPI
    http: httpx.AsyncClient
    store: Store
    said: int = 0
    cookies: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    _password: str = ""

    @property
    def cookie(self) -> str:
        """What the session's cookie is called here."""
        return team.cookie_of(self.app.state.warehouse.database, self.store.tenant_id)

    async def consumer(self, name: str = "小王", shop_id: str = SHOP) -> str:
        return await self.store.write(add_consumer, name, shop_id)

    async def consumer_says(
        self, text: str, *, name: str = "小王", pictures: tuple[str, ...] = ()
    ) -> str:
        """A consumer speaks and the house settles; says the conversation's id."""
        conversation_id = await self.hear(text, name=name, pictures=pictures)
        await self.settles()
        return conversation_id

    async def hear(
        self, text: str, *, name: str = "小王", key: str = "", pictures: tuple[str, ...] = ()
    ) -> str:
        self.said += 1
        consumer_id = await self.consumer(name)
        heard = Heard(
            SHOP, "widget", consumer_id, name, key or f"{name}-{self.said}", text, pictures
        )
        posted = await self.store.write(conversations.hear, heard, now=now())
        return posted.conversation_id

    async def settles(self) -> None:
        """Everything that happened has been reacted to."""
        await eventually(self.app.state.worker.is_idle)

    async def thread(self, name: str = "小王") -> list[MessageView]:
        found = await self.conversation(name)
        return await self.store.read(conversations.messages_in, found.id)

    async def conversation(self, name: str = "小王") -> conversations.ConversationView:
        consumer_id = await self.consumer(name)
        found = await self.store.read(conversations.find_open, consumer_id)
        assert found is not None, f"{name} has no open conversation"
        return found

    async def who_spoke(self, name: str = "小王") -> list[str]:
        return [message.author.value for message in await self.thread(name)]

    async def knows(self, title: str, *, asks: list[str], reply: str, **more: Any) -> str:
        words = article(title, asks=asks, reply=reply, **more)
        return await self.store.write(knowledge.write_article, words, now=now())

    async def signed_in(self, login: str) -> httpx.AsyncClient:
        """A member's browser: cookie and token against forged requests included."""
        if login not in self.cookies:
            transport = httpx.ASGITransport(self.app, client=("127.0.0.1", 50000))
            browser = httpx.AsyncClient(transport=transport, base_url="http://diji.test")
            ticket = await self.store.write(team.sign_in, login, now=now())
            browser.cookies.set(self.cookie, ticket.token)
            browser.headers["X-CSRF-Token"] = ticket.csrf
            self.cookies[login] = browser
        return self.cookies[login]

    def as_member(
        self, login: str, role: Role = Role.AGENT, shops: frozenset[str] | None = frozenset({SHOP})
    ) -> Store:
        return self.store.of(Actor("member", login, role.value, shops))


_HASHES: dict[str, str] = {}


def password_hash() -> str:
    """Hashing takes long on purpose; the tests' one password is hashed once."""
    if PASSWORD not in _HASHES:
        _HASHES[PASSWORD] = team.hash_password(PASSWORD, login="nobody")
    return _HASHES[PASSWORD]


@asynccontextmanager
async def open_shop(
    warehouse: Warehouse, tenant_id: str, *, run_worker: bool = True
) -> AsyncIterator[Shop]:
    store = warehouse.of(tenant_id)
    await store.write(found_company, password_hash())
    app = build_app(House(warehouse, tenant_id, "the-door-token", run_worker=run_worker))
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 50000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://diji.test") as http,
    ):
        shop = Shop(app, http, store)
        try:
            yield shop
        finally:
            for browser in shop.cookies.values():
                await browser.aclose()
