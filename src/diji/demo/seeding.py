"""Fills the demo's tables in slices of short transactions, behind a page that people already use."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from diji import commerce, consumers, conversations, knowledge, reviews, team
from diji.conversations import Heard
from diji.foundation import HISTORY, Store
from diji.knowledge import ArticleIndex
from diji.reviews import ImportState

from . import cast, opinions, orders, past, pictures, world
from .buyers import opening
from .chance import chance
from .home import DemoHome

_LOG = structlog.get_logger("diji.demo")

BREATH = 0.01  # seconds between slices, so that nobody's message waits behind a queue of them
_WHAT = {
    "consumers": ("消费者", "consumers"), "products": ("商品", "goods"), "articles": ("知识", "knowledge"),
    "orders": ("订单与包裹", "orders and parcels"), "waiting": ("等待中的会话", "waiting conversations"),
    "chats": ("历史会话", "past chats"), "reviews": ("评价", "reviews"),
}  # fmt: skip


@dataclass(slots=True)
class Progress:
    """How far the seeding is; `what` is what comes now, in both languages."""

    done: int = 0
    total: int = 0
    what: str = ""
    what_en: str = ""
    failed: bool = False


async def open_company(store: Store) -> None:
    """What the first page needs: company, shops, and people whom one can be with one click."""
    if await store.read(team.is_set_up):
        return
    # Nobody knows this password: in the demo people come in by the door of one click.
    hashed = await asyncio.to_thread(team.hash_password, secrets.token_urlsafe(24), login="demo")
    await store.write(cast.open_company, hashed, now=datetime.now(UTC))


class Seeding:
    """Everything behind the first page, in an order in which it is useful early."""

    def __init__(self, store: Store, home: DemoHome) -> None:
        self._store = store
        self._home = home
        self._sizes = {
            "consumers": len(world.people()), "products": len(world.products()),
            "articles": len(world.articles()), "orders": orders.ORDERS, "waiting": 1,
            "chats": len(world.chats()), "reviews": len(world.reviews()),
        }  # fmt: skip
        self.progress = Progress(total=sum(self._sizes.values()))
        self.has_orders = asyncio.Event()

    async def run(self) -> None:
        """Go on where the last start stood."""
        for step in (
            self._consumers, self._products, self._articles, self._orders, self._waiting,
            self._reviews, self._chats,
        ):  # fmt: skip
            name = step.__name__.removeprefix("_")
            before = self.progress.done
            self.progress.what, self.progress.what_en = _WHAT[name]
            await step()
            self.progress.done = before + self._sizes[name]
            if name == "orders":
                self.has_orders.set()
        self.progress.what = self.progress.what_en = ""
        _LOG.info("demo.seeded", rows=self.progress.total)

    async def _slices(
        self, name: str, rows: Sequence[Any], size: int, keep: Callable[[Session, list[Any]], Any]
    ) -> None:
        for place, first in enumerate(range(0, len(rows), size), start=1):
            if self._home.has(name) < place:
                some = list(rows[first : first + size])
                await self._store.of(HISTORY).write(keep, some)
                self._home.reach(name, place)
                await asyncio.sleep(BREATH)
            self.progress.done += min(size, len(rows) - first)

    async def _consumers(self) -> None:
        rows, identities = cast.consumer_rows(self._home.born)
        both = list(zip(rows, zip(identities[::2], identities[1::2], strict=True), strict=True))
        await self._slices("consumers", both, 100, _keep_consumers)

    async def _products(self) -> None:
        await self._slices("products", list(world.products().values()), 60, commerce.keep_products)

    async def _articles(self) -> None:
        await self._slices("articles", world.article_rows(), 60, self._keep_articles)

    def _keep_articles(self, session: Session, rows: list[dict[str, Any]]) -> None:
        knowledge.keep_articles(session, rows, now=self._home.born)

    async def _orders(self) -> None:
        if self._home.has("orders") * 75 < orders.ORDERS:
            bundles = await asyncio.to_thread(orders.plan, self._home.born)
            await self._slices("orders", bundles, 75, _keep_orders)

    async def _waiting(self) -> None:
        """Some wait already when the first agent comes."""
        if self._home.has("waiting"):
            return
        for minutes, consumer in zip((4, 2.5, 1.5, 1), opening(), strict=False):
            said = world.buyers()[consumer.buyer or 0].says[:3]
            for place, text in enumerate(said):
                heard = Heard(
                    consumer.shop, cast.SIMULATED, consumer.id, consumer.recipient,
                    f"waiting:{consumer.number}:{place}", text,
                )  # fmt: skip
                at = datetime.now(UTC) - timedelta(minutes=minutes) + timedelta(seconds=9 * place)
                await self._store.write(conversations.hear, heard, now=at)
        self._home.reach("waiting", 1)

    async def _chats(self) -> None:
        size = 4
        if self._home.has("chats") * size >= len(world.chats()):
            return
        drafts = await asyncio.to_thread(past.plan, self._home.born)
        index = await asyncio.to_thread(ArticleIndex, world.articles())
        for place, first in enumerate(range(0, len(drafts), size), start=1):
            if self._home.has("chats") < place:
                chats = await asyncio.to_thread(past.written, drafts[first : first + size], index)
                await self._enclose([one for chat in chats for one in chat.enclosed])
                await self._store.of(HISTORY).write(_keep_chats, chats)
                self._home.reach("chats", place)
                await asyncio.sleep(BREATH)
            self.progress.done += min(size, len(drafts) - first)

    async def _enclose(self, enclosed: list[past.Enclosed]) -> None:
        for one in enclosed:
            content = await asyncio.to_thread(pictures.picture, chance(one.id))
            await conversations.store_picture(
                self._store,
                content,
                shop_id=one.shop,
                consumer_id=one.consumer_id,
                attachment_id=one.id,
            )

    async def _reviews(self) -> None:
        """As a shop brings them in: an export of each platform, read, understood and counted."""
        files = await asyncio.to_thread(opinions.as_files, self._home.born)
        for shop_id, content in files.items():
            name = f"reviews:{shop_id}"
            if not self._home.has(name):
                await self._import(shop_id, content)
                self._home.reach(name, 1)
            self.progress.done += content.count(b"\n") - 1

    async def _import(self, shop_id: str, content: bytes) -> None:
        shop = await self._store.read(team.get_shop, shop_id)
        file_name = f"{shop.name}评价导出.csv"
        for known in await self._store.read(reviews.imports):
            if known.file_name == file_name and known.state is ImportState.RUNNING:
                await reviews.carry_on(self._store, known.id)
                return
        await reviews.import_file(
            self._store, content, file_name=file_name, shop_id=shop_id, platform=shop.platform,
            now=datetime.now(UTC),
        )  # fmt: skip


def _keep_consumers(session: Session, both: list[tuple[dict[str, Any], Any]]) -> None:
    identities = [identity for _, pair in both for identity in pair]
    consumers.keep_consumers(session, [row for row, _ in both], identities)


def _keep_orders(session: Session, bundles: list[orders.Bundle]) -> None:
    commerce.keep_orders(session, [b.order for b in bundles])
    commerce.keep_parcels(session, [parcel for b in bundles for parcel in b.parcels])
    commerce.keep_after_sales(session, [one for b in bundles for one in b.after_sales])


def _keep_chats(session: Session, chats: list[past.PastChat]) -> None:
    for chat in chats:
        past.keep_chat(session, chat)
