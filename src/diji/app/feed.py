"""The live feed: follows the ledger once, and gives each screen and widget what it may see."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson
import structlog

from diji import conversations, team
from diji.conversations import Reception, Sitting
from diji.events import (
    ConsumerSpoke,
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationReleased,
    MemberChanged,
    MemberSignedIn,
    MessageRead,
    ReplyPosted,
)
from diji.foundation import HISTORY, LedgerTail, Recorded, Warehouse, newest_position
from diji.team import Principal

from .present import Shown, present
from .sight import may_see

_LOG = structlog.get_logger("diji.feed")

LONGEST_QUEUE = 1000  # frames that a slow client may owe before it is told to ask again
MOST_AT_ONCE = 50  # frames in one message of the socket
_CHANGES_STATE = (
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationReleased,
    MessageRead,
)
_CHANGES_DESK = (MemberChanged, MemberSignedIn)  # somebody came to the desk, or went
_MOVES_QUEUE = (ConversationAssigned, ConversationClosed, ConversationReleased)


def _is_news(one: Recorded) -> bool:
    """History that is brought along from elsewhere must not ring at anybody's desk."""
    return one.actor_kind != HISTORY.kind


@dataclass(eq=False, slots=True)
class Line:
    """One connected client and the frames that wait for it; `after` is the newest position that it has."""

    frames: asyncio.Queue[tuple[int | None, bytes | None]] = field(
        default_factory=lambda: asyncio.Queue(LONGEST_QUEUE + 2)
    )
    lost: bool = False
    after: int = 0

    def push(self, frame: bytes, position: int | None = None) -> None:
        if self.lost:
            return
        if self.frames.qsize() >= LONGEST_QUEUE:
            self.lost = True
            self.frames.put_nowait((None, orjson.dumps({"type": "resync"})))
            self.end()
            return
        self.frames.put_nowait((position, frame))

    def end(self) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self.frames.put_nowait((None, None))

    async def next(self) -> bytes | None:
        """What waits to be sent, a frame a line, None at the end: one message of the socket costs as much as ten.

        What was pushed while the client caught up from the ledger is there already, and left out.
        """
        waiting: list[bytes] = []
        while not waiting or (len(waiting) < MOST_AT_ONCE and not self.frames.empty()):
            position, frame = await self.frames.get()
            if frame is None:
                if waiting:
                    self.end()  # after these
                    break
                return None
            if position is None or position > self.after:
                waiting.append(frame)
        return b"\n".join(waiting)


@dataclass(eq=False, slots=True)
class DeskLine(Line):
    """A member's screen."""

    principal: Principal | None = None


@dataclass(eq=False, slots=True)
class WidgetLine(Line):
    """A consumer's widget."""

    sitting: Sitting | None = None
    waits: bool = False


class Feed:
    """All live lines of this process."""

    def __init__(self, warehouse: Warehouse, tenant_id: str) -> None:
        self._store = warehouse.of(tenant_id)
        self._warehouse = warehouse
        self._tail = LedgerTail(self._store)
        self._desks: set[DeskLine] = set()
        self._widgets: dict[str, set[WidgetLine]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._tail.next = await self._store.read(newest_position) + 1
        self._warehouse.listen(self._heard)
        self._task = asyncio.create_task(self._follow(), name="diji-feed")

    async def stop(self) -> None:
        for line in self._lines():
            line.end()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def sizes(self) -> dict[str, int]:
        return {"desk": len(self._desks), "widget": sum(map(len, self._widgets.values()))}

    def _lines(self) -> Iterable[Line]:
        yield from self._desks
        for lines in self._widgets.values():
            yield from lines

    def _heard(self, recorded: list[Recorded]) -> None:
        """Called on the writer's thread after each commit."""
        mine = [one for one in recorded if one.tenant_id == self._store.tenant_id]
        if mine and self._loop and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the loop may close while we speak
                self._loop.call_soon_threadsafe(self._tail.hear, mine)

    async def _follow(self) -> None:
        while True:
            recorded = [one for one in await self._tail.new() if _is_news(one)]
            if not recorded or (not self._desks and not self._widgets):
                continue
            try:
                for shown in await self._store.read(present, recorded):
                    self._to_desks(shown)
                    await self._to_widgets(shown)
            except Exception:  # noqa: BLE001 - whatever broke, the clients must ask anew
                _LOG.exception("feed.failed")
                for line in self._lines():  # better to ask again than to miss something
                    line.push(orjson.dumps({"type": "resync"}))

    def _to_desks(self, shown: Shown) -> None:
        for line in self._desks:
            if line.principal and may_see(shown.event, line.principal):
                line.push(shown.frame, shown.position)

    async def _to_widgets(self, shown: Shown) -> None:
        conversation = shown.conversation
        if isinstance(shown.event, _CHANGES_DESK):
            await self._tell_state(self._waiting())
        if conversation is None:
            return
        lines = self._widgets.get(conversation.consumer_id, set())
        if lines and shown.message and isinstance(shown.event, ConsumerSpoke | ReplyPosted):
            frame = await self._said(shown)
            for line in lines:
                line.push(frame, shown.position)
        if lines and isinstance(shown.event, _CHANGES_STATE):
            await self._tell_state(lines)
        if isinstance(shown.event, _MOVES_QUEUE):
            await self._tell_state(self._waiting(shown.event.shop_id))

    async def _said(self, shown: Shown) -> bytes:
        assert shown.message is not None  # noqa: S101 - the caller looked
        names: dict[str, str] = {}
        if shown.message.author_id:
            members = await self._store.read(team.colleagues)
            names = {member.id: member.name for member in members}
        said = conversations.said_out(shown.message, names)
        where = shown.message.conversation_id
        message = said.model_dump(mode="json", by_alias=True)
        return orjson.dumps({"type": "said", "conversationId": where, "message": message})

    async def _tell_state(self, lines: Iterable[WidgetLine]) -> None:
        for line in list(lines):
            if line.sitting is None:
                continue
            thread = await self._store.read(
                conversations.thread_of, line.sitting.consumer_id, after=conversations.BEYOND
            )
            line.waits = thread.reception is Reception.WAITING
            state = thread.model_dump(mode="json", by_alias=True, exclude={"messages"})
            line.push(orjson.dumps({"type": "state", **state}))

    def _waiting(self, shop_id: str | None = None) -> list[WidgetLine]:
        """Who waits for a person, in one shop or in all: somebody left the queue, and those behind move up."""
        return [
            line
            for lines in self._widgets.values()
            for line in lines
            if line.waits and line.sitting and shop_id in (None, line.sitting.shop_id)
        ]

    @contextlib.contextmanager
    def desk(self, line: DeskLine) -> Iterator[None]:
        self._desks.add(line)
        try:
            yield
        finally:
            self._desks.discard(line)

    @contextlib.contextmanager
    def widget(self, line: WidgetLine, consumer_id: str) -> Iterator[None]:
        self._widgets[consumer_id].add(line)
        try:
            yield
        finally:
            self._widgets[consumer_id].discard(line)
            if not self._widgets[consumer_id]:
                del self._widgets[consumer_id]

    def typing_to_desks(
        self, *, conversation_id: str, shop_id: str, who: str, but: Line | None = None
    ) -> None:
        """Unnumbered and unstored: somebody types."""
        frame = orjson.dumps({"type": "typing", "conversationId": conversation_id, "who": who})
        for line in self._desks:
            seen = line.principal and (
                line.principal.shops is None or shop_id in line.principal.shops
            )
            if seen and line is not but:
                line.push(frame)

    def typing_to_widget(self, *, consumer_id: str, name: str) -> None:
        for line in self._widgets.get(consumer_id, ()):
            line.push(orjson.dumps({"type": "typing", "name": name}))
