"""Reads the ledger for one room: every event once, those of a conversation one after another."""

import asyncio
import contextlib
import heapq
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog

from diji.events import Event
from diji.foundation import (
    LedgerTail,
    Reaction,
    Recorded,
    Store,
    Unavailable,
    keep_failed_reaction,
    reaction_position,
    save_reaction_position,
)

from .insisting import AGAIN_EVERY, insist

_LOG = structlog.get_logger("diji.worker")

AT_ONCE = 32
SAVE_EVERY = 0.5  # seconds
PAUSES = (0.1, 1.0, 5.0)


class LedgerReader:
    """A room's place in the ledger, and its reactions under way."""

    def __init__(
        self, store: Store, room: str, reactions: dict[type[Event], list[Reaction]]
    ) -> None:
        self.room = room
        self._store = store
        self._reactions = reactions
        self._tail = LedgerTail(store)
        self._saved = self._reached = 0
        self._lanes: dict[str, deque[Recorded]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._open: list[int] = []  # positions begun and not yet done, smallest first
        self._done: set[int] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def hear(self, recorded: Sequence[Recorded]) -> None:
        self._tail.hear(recorded)

    async def run(self) -> None:
        self._saved = self._reached = await self._store.read(reaction_position, self.room)
        self._tail.next = self._saved + 1
        saver = asyncio.create_task(self._save_often())
        try:
            while True:
                for recorded in await self._tail.new():
                    self._begin(recorded)
        finally:
            saver.cancel()
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            with contextlib.suppress(Exception):
                await self._save()

    def _begin(self, recorded: Recorded) -> None:
        if type(recorded.event) not in self._reactions:
            heapq.heappush(self._open, recorded.position)
            self._done.add(recorded.position)
            return
        heapq.heappush(self._open, recorded.position)
        lane = recorded.event.conversation_id or recorded.event.id
        if lane in self._lanes:
            self._lanes[lane].append(recorded)
            return
        self._lanes[lane] = deque([recorded])
        task = asyncio.create_task(self._walk(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _walk(self, lane: str) -> None:
        waiting = self._lanes[lane]
        try:
            while waiting:
                recorded = waiting[0]
                async with self._slots:
                    await self._react(recorded)
                self._done.add(recorded.position)
                waiting.popleft()
        finally:
            del self._lanes[lane]

    async def _react(self, recorded: Recorded) -> None:
        for reaction in self._reactions[type(recorded.event)]:
            for pause in (*PAUSES, None):
                error = await self._attempt(reaction, recorded.event)
                if error is None:
                    break
                name = type(recorded.event).__name__
                _LOG.warning("reaction.failed", room=self.room, event_name=name, exc_info=error)
                if pause is None:
                    await self._keep(recorded, error)
                else:
                    await asyncio.sleep(pause)

    async def _attempt(self, reaction: Reaction, event: Event) -> Exception | None:
        while True:
            try:
                await reaction(self._store, event)
            except Unavailable:  # the disk is full or the database away: no fault of the reaction
                await asyncio.sleep(AGAIN_EVERY)
            except Exception as error:  # noqa: BLE001 - one broken reaction must not stop the room
                return error
            else:
                return None

    async def _keep(self, recorded: Recorded, error: Exception) -> None:
        now = datetime.now(UTC)
        place = (self.room, recorded.position)
        await insist(self._store, keep_failed_reaction, *place, error=repr(error), now=now)

    async def _save_often(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY)
            with contextlib.suppress(Exception):
                await self._save()

    async def _save(self) -> None:
        """The position up to which everything is done; after a crash the rest runs again, harmlessly."""
        while self._open and self._open[0] in self._done:
            self._reached = heapq.heappop(self._open)
            self._done.discard(self._reached)
        if (reached := self._reached) > self._saved:
            await self._store.write(save_reaction_position, self.room, reached)
            self._saved = reached

    async def is_idle(self) -> bool:
        return not self._lanes and await self._tail.is_at_end() and not self._lanes
