"""Does durable work: leases what is due, runs it, and gives back what failed."""

import asyncio
import contextlib

import structlog

from diji.foundation import (
    REACTIONS,
    Job,
    Store,
    Unavailable,
    finish_job,
    give_back_job,
    has_work,
    keep_lease,
    lease_jobs,
    return_job,
)

from .insisting import insist

_LOG = structlog.get_logger("diji.worker")

AT_ONCE = 8
LOOK_EVERY = 1.0  # seconds
KEEP_EVERY = 20.0  # seconds; a lease holds 60


class Errands:
    """The durable work of one tenant."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._woken = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._leasing = False
        self.begun = 0

    def wake(self) -> None:
        self._woken.set()

    def is_idle(self) -> bool:
        return not self._running and not self._leasing

    async def run(self) -> None:
        try:
            while True:
                self._woken.clear()
                free = AT_ONCE - len(self._running)
                self._leasing = free > 0
                jobs = await self._lease(free) if free else []
                self.begun += len(jobs)
                for job in jobs:
                    task = asyncio.create_task(self._do(job))
                    self._running.add(task)
                    task.add_done_callback(self._finished)
                self._leasing = False
                if not jobs:
                    # Not wait_for: before Python 3.12 it can swallow a cancellation, and the house never stops.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_EVERY):
                            await self._woken.wait()
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _lease(self, most: int) -> list[Job]:
        try:
            # Looking is cheap on a reader; the writer is asked only when there is something to take.
            if not await self._store.read(has_work):
                return []
            return await self._store.write(lease_jobs, most=most)
        except Unavailable:  # looked for again in a second
            return []

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._woken.set()

    async def _do(self, job: Job) -> None:
        keeper = asyncio.create_task(self._keep(job))
        try:
            await REACTIONS.to_work[job.kind](self._store, **job.args)
        except asyncio.CancelledError:
            with contextlib.suppress(Unavailable):  # then the lease ends by itself
                await self._store.write(return_job, job)
            raise
        except Exception as error:  # noqa: BLE001 - it is tried again, and kept when that does not help
            _LOG.warning("work.failed", kind=job.kind, attempts=job.attempts, exc_info=error)
            await insist(self._store, give_back_job, job, error=repr(error))
        else:
            await insist(self._store, finish_job, job)
        finally:
            keeper.cancel()

    async def _keep(self, job: Job) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY)
            await insist(self._store, keep_lease, job)
