"""Follows the ledger of a tenant from a position on: what this process commits is heard at once, the rest is read."""

import asyncio
from collections import deque
from collections.abc import Sequence

from .errors import Unavailable
from .ledger import Recorded, events_after, newest_position
from .store import Store

LOOK_EVERY = 1.0  # seconds; other processes' commits are found by looking


class LedgerTail:
    """Gives every event once and in order."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heard: deque[Recorded] = deque()
        self._woken = asyncio.Event()
        self._look = True
        self.next = 1

    def hear(self, recorded: Sequence[Recorded]) -> None:
        """A hint of what was committed; the ledger itself stays the truth."""
        self._heard.extend(recorded)
        self._woken.set()

    async def new(self) -> list[Recorded]:
        """The next events; waits until there are some."""
        while True:
            if fresh := self._in_order():
                return fresh
            # What was heard begins later than what comes next: something was committed elsewhere.
            if (self._heard or self._look) and (fresh := await self._looked_up()):
                return fresh
            await self._wait()

    async def _wait(self) -> None:
        """Until something is heard, or it is time to look."""
        if self._heard and self._heard[0].position <= self.next:
            return
        self._woken.clear()
        try:
            # Not wait_for: before Python 3.12 it can swallow a cancellation, and the house never stops.
            async with asyncio.timeout(LOOK_EVERY):
                await self._woken.wait()
        except TimeoutError:
            self._look = True

    def _in_order(self) -> list[Recorded]:
        """What was heard, as long as nothing is missing before it."""
        fresh: list[Recorded] = []
        while self._heard and self._heard[0].position <= self.next:
            recorded = self._heard.popleft()
            if recorded.position == self.next:
                fresh.append(recorded)
                self.next += 1
        return fresh

    async def _looked_up(self) -> list[Recorded]:
        try:
            fresh = await self._store.read(events_after, self.next - 1)
        except Unavailable:  # it comes back, and we with it
            await asyncio.sleep(LOOK_EVERY)
            return []
        self._look = bool(fresh)  # there may be more than one look holds
        if fresh:
            self.next = fresh[-1].position + 1
        while self._heard and self._heard[0].position < self.next:
            self._heard.popleft()
        return fresh

    async def is_at_end(self) -> bool:
        return self.next > await self._store.read(newest_position)
