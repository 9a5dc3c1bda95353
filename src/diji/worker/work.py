"""Runs the three kinds of work of one tenant, in whichever process holds the lease."""

import asyncio
import contextlib
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from typing import Any

import structlog

import diji
from diji.events import new_id
from diji.foundation import (
    REACTIONS,
    Recorded,
    Unavailable,
    Warehouse,
    has_work,
    newest_position,
    release_lease,
    take_lease,
)

from .errands import Errands
from .reader import LedgerReader
from .rounds import Rounds

_LOG = structlog.get_logger("diji.worker")

LEASE_SECONDS = 15.0
AGAIN_AFTER = 1.0  # seconds


def load_all_reactions() -> None:
    """Import `reactions` of every room, so that its decorators have spoken."""
    for room in pkgutil.iter_modules(diji.__path__):
        name = f"diji.{room.name}.reactions"
        if room.ispkg and importlib.util.find_spec(name):
            importlib.import_module(name)


class LeaseLost(Exception):
    """Another process works now."""


class Worker:
    """Starts when it gets the lease; a second process waits until the first is gone."""

    def __init__(self, warehouse: Warehouse, tenant_id: str) -> None:
        load_all_reactions()
        self._warehouse = warehouse
        self._store = warehouse.of(tenant_id)
        self._holder = new_id()
        self._make_hands()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._working = False
        self._stopping = False

    def _make_hands(self) -> None:
        """Fresh at each beginning: the ledger says where to go on."""
        self._readers = [
            LedgerReader(self._store, room, reactions)
            for room, reactions in REACTIONS.to_events.items()
        ]
        self._errands = Errands(self._store)
        self._rounds = Rounds(self._store)

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._warehouse.listen(self._heard)
        self._warehouse.listen_for_work(self._work_waits)
        self._task = asyncio.create_task(self._run(), name="diji-worker")

    async def stop(self) -> None:
        """Finish what runs, keep the rest for the next start."""
        self._stopping = True
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        with contextlib.suppress(Unavailable):  # then it ends by the clock
            await self._store.write(release_lease, "worker", self._holder)

    def _heard(self, recorded: list[Recorded]) -> None:
        """Called on the writer's thread after each commit."""
        mine = [one for one in recorded if one.tenant_id == self._store.tenant_id]
        if mine:
            self._soon(self._tell, mine)

    def _work_waits(self, tenant_id: str) -> None:
        """Called on the writer's thread after a commit that put work off."""
        if tenant_id == self._store.tenant_id:
            self._soon(self._wake)

    def _soon(self, do: Callable[..., None], *args: Any) -> None:
        if self._loop and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the loop may close while we speak
                self._loop.call_soon_threadsafe(do, *args)

    def _tell(self, recorded: list[Recorded]) -> None:
        if self._working:
            for reader in self._readers:
                reader.hear(recorded)

    def _wake(self) -> None:
        if self._working:
            self._errands.wake()

    async def _run(self) -> None:
        """Work whenever the lease is ours; what stumbles gets up again."""
        while not self._stopping:
            try:
                await self._work()
            except Exception:  # noqa: BLE001 - a worker that stays down would go unnoticed
                _LOG.exception("worker.stumbled")
            self._working = False
            await asyncio.sleep(AGAIN_AFTER)

    async def _work(self) -> None:
        while not await self._holds():  # noqa: ASYNC110 - the lease ends by the clock
            await asyncio.sleep(LEASE_SECONDS / 3)
        self._make_hands()
        _LOG.info("worker.started", rooms=[reader.room for reader in self._readers])
        self._working = True
        async with asyncio.TaskGroup() as group:
            for reader in self._readers:
                group.create_task(reader.run())
            group.create_task(self._errands.run())
            group.create_task(self._rounds.run())
            group.create_task(self._keep_lease())

    async def _holds(self) -> bool:
        return await self._store.write(take_lease, "worker", self._holder, seconds=LEASE_SECONDS)

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with contextlib.suppress(Unavailable):  # nobody else can take it meanwhile either
                if not await self._holds():
                    raise LeaseLost

    async def is_idle(self) -> bool:
        """Whether everything that was recorded has been reacted to, and no work is due; for tests and shutdown."""
        newest, begun = await self._store.read(newest_position), self._errands.begun
        settled = [await reader.is_idle() for reader in self._readers]
        if not all(settled) or await self._store.read(has_work) or not self._errands.is_idle():
            return False
        # What one of them did while another was asked may be news to that other.
        same = begun == self._errands.begun
        return same and newest == await self._store.read(newest_position)
