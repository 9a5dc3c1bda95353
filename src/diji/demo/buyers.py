"""Simulated buyers: they chat while somebody looks, with human pauses, and wait for answers as people do."""

import asyncio
import contextlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from diji import conversations
from diji.conversations import ConversationView, Heard
from diji.foundation import Conflict, Refusal, Store

from . import pictures, world
from .cast import SHOPS, SIMULATED, Consumer, consumers
from .chance import chance
from .home import DemoHome
from .platform import SimulatedPlatform

_LOG = structlog.get_logger("diji.demo")

DECK = "deck"  # what the home's marker calls the place in the deck
_SHOWS = re.compile(r"照片|拍了|拍给|发图|看图|图给|截图|\[图片\]")
_REACTS = re.compile(r"谢|知道了|好的|好嘞|明白|懂了|辛苦|讲得|夸|那行|行吧|放心了")
_UPSET = frozenset({"angry", "disappointed", "anxious"})


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the play goes, in seconds; tests hurry."""

    first: tuple[float, float] = (2, 8)
    between: tuple[float, float] = (20, 45)
    typing: tuple[float, float] = (3, 20)
    patience: tuple[float, float] = (25, 60)
    look: float = 0.5
    sweep: float = 20
    quiet_answered: float = 240
    quiet_unanswered: float = 720
    most_open: int = 8


def by_buyer() -> dict[int, Consumer]:
    """Who speaks the lines of each buyer."""
    return {c.buyer: c for c in consumers() if c.buyer is not None}


def opening() -> list[Consumer]:
    """One upset buyer of each shop, who waits already when the first agent comes."""
    speakers = by_buyer()
    found = []
    for shop in SHOPS:
        upset = [b for b in world.buyers() if b.shop == shop.id and b.mood in _UPSET]
        found.append(speakers[chance(f"opening:{shop.id}").choice(upset).number])
    return found


def deck(round_: int) -> list[int]:
    """The buyers of a round in the order in which they come; in the first without those who wait already."""
    numbers = [buyer.number for buyer in world.buyers()]
    chance(f"deck:{round_}").shuffle(numbers)
    waiting = {c.buyer for c in opening()} if round_ == 0 else set()
    return [number for number in numbers if number not in waiting]


def drawn(place: int) -> tuple[int, int]:
    """Round and buyer at a place in the endless row of decks; nobody comes twice in a round."""
    round_ = 0
    while place >= len(cards := deck(round_)):
        place -= len(cards)
        round_ += 1
    return round_, cards[place]


class Buyers:
    """Everybody who plays a buyer."""

    def __init__(
        self, store: Store, home: DemoHome, platform: SimulatedPlatform, *,
        somebody_looks: Callable[[], bool], types: Callable[[str, str], None] = lambda *_: None,
        pace: Pace | None = None,
    ) -> None:  # fmt: skip
        """`types` is told the conversation and the shop in which a buyer is typing."""
        self._store = store
        self._home = home
        self._platform = platform
        self._somebody_looks = somebody_looks
        self._types = types
        self._pace = pace or Pace()
        self._talking: dict[str, asyncio.Task[None]] = {}
        # How they hesitate is nobody's data: no need to fall the same way twice.
        self._dice = random.SystemRandom()

    async def run(self) -> None:
        sweeper = asyncio.create_task(self._sweep_often())
        try:
            while True:
                await self._audience()
                await self._rest(self._pace.first)
                while self._somebody_looks():
                    await self._enter()
                    await self._rest(self._pace.between)
        finally:
            for task in (sweeper, *self._talking.values()):
                task.cancel()
            await asyncio.gather(sweeper, *self._talking.values(), return_exceptions=True)

    async def _audience(self) -> None:
        while not self._somebody_looks():  # noqa: ASYNC110 - sockets come and go without a bell
            await asyncio.sleep(self._pace.look)

    async def _rest(self, between: tuple[float, float]) -> None:
        await asyncio.sleep(self._dice.uniform(*between))

    async def _enter(self) -> None:
        """The next buyer comes in, unless the shop is full."""
        held = await self._store.read(_open_conversations)
        busy = {c.consumer_id for c in held} | set(self._talking)
        if len(busy) >= self._pace.most_open:
            return
        place = self._home.has(DECK)
        round_, number = drawn(place)
        self._home.reach(DECK, place + 1)
        consumer = by_buyer()[number]
        if consumer.id in busy:
            return
        task = asyncio.create_task(self._play(consumer, world.buyers()[number], round_))
        self._talking[consumer.id] = task
        task.add_done_callback(lambda _: self._talking.pop(consumer.id, None))

    async def _play(self, consumer: Consumer, buyer: world.Buyer, round_: int) -> None:
        try:
            await self._talk(consumer, buyer, round_)
        except (
            Refusal
        ):  # the shop is closing, or the conversation is gone: a buyer shrugs and leaves
            _LOG.warning("demo.buyer_left", buyer=buyer.number, exc_info=True)

    async def _talk(self, consumer: Consumer, buyer: world.Buyer, round_: int) -> None:
        bell = self._platform.bell(consumer.recipient)
        bell.clear()
        conversation_id: str | None = None
        for place, text in enumerate(buyer.says):
            if conversation_id:
                await self._type(conversation_id, consumer.shop, text)
                await self._audience()
            conversation_id = await self._say(consumer, f"{round_}:{buyer.number}:{place}", text)
            if place + 1 == len(buyer.says):
                return
            await self._wait(bell, conversation_id, hurried=buyer.mood == "angry")
            seen = await self._store.read(conversations.get_conversation, conversation_id)
            if seen.waiting_since is not None and _REACTS.search(buyer.says[place + 1]):
                return  # nobody thanks for an answer that did not come

    async def _type(self, conversation_id: str, shop: str, text: str) -> None:
        """As long as such words take on a phone."""
        shortest, longest = self._pace.typing
        span = longest - shortest
        seconds = shortest + span * min(len(text) / 40, 1) * self._dice.uniform(0.5, 1)
        until = asyncio.get_running_loop().time() + seconds
        while (left := until - asyncio.get_running_loop().time()) > 0:
            self._types(conversation_id, shop)
            await asyncio.sleep(min(left, 2.5))

    async def _say(self, consumer: Consumer, key: str, text: str) -> str:
        shown: tuple[str, ...] = ()
        if _SHOWS.search(text):
            content = await asyncio.to_thread(pictures.picture, chance(f"shown:{key}"))
            kept = await conversations.store_picture(
                self._store, content, shop_id=consumer.shop, consumer_id=consumer.id
            )
            shown = (kept.id,)
        heard = Heard(
            consumer.shop, SIMULATED, consumer.id, consumer.recipient, key,
            text.replace("[图片]", "").strip(), shown,
        )  # fmt: skip
        posted = await self._store.write(conversations.hear, heard, now=datetime.now(UTC))
        return posted.conversation_id

    async def _wait(self, bell: asyncio.Event, conversation_id: str, *, hurried: bool) -> None:
        """Wait for an answer, for a while; what came is read, and thought about."""
        patience = self._dice.uniform(*self._pace.patience) * (0.6 if hurried else 1)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), patience)
            bell.clear()
            await self._rest((self._pace.typing[0] / 2, self._pace.typing[0]))
            now = datetime.now(UTC)
            await self._store.write(_read_all, conversation_id, now=now)

    async def _sweep_often(self) -> None:
        while True:
            await asyncio.sleep(self._pace.sweep)
            if self._somebody_looks():
                await self._sweep()

    async def _sweep(self) -> None:
        """Who has said everything and got an answer is gone after a while; who got none waits longer."""
        now = datetime.now(UTC)
        for held in await self._store.read(_open_conversations):
            waits = held.last_author == "consumer" or held.waiting_since is not None
            seconds = self._pace.quiet_unanswered if waits else self._pace.quiet_answered
            if held.consumer_id not in self._talking and now - held.last_at > timedelta(
                seconds=seconds
            ):
                with contextlib.suppress(Conflict):
                    await self._store.write(conversations.close, held.id, now=now)


def _open_conversations(session: Session) -> list[ConversationView]:
    now = datetime.now(UTC)
    found = conversations.conversations(session, tab="open", member_id="", now=now)
    return [c for c in found if c.channel == SIMULATED]


def _read_all(session: Session, conversation_id: str, *, now: datetime) -> None:
    seq = conversations.get_conversation(session, conversation_id).seq
    conversations.read_up_to(session, conversation_id, reader="consumer", seq=seq, now=now)
