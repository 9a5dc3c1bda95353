"""Only one process works for a tenant; when it goes the next takes over."""

import asyncio

import pytest

from diji.events import ConsumerSpoke
from diji.foundation import REACTIONS, Store, Warehouse
from diji.worker import Worker
from tests.make import eventually
from tests.worker.make import consumer_speaks, room, settled, working


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diji.worker.work.LEASE_SECONDS", 0.6)


async def test_of_two_workers_only_one_works_and_the_second_takes_over(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    heard: list[int] = []

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        heard.append(spoke.seq)

    room("copilot", react)
    first = Worker(warehouse, tenant_id)
    await first.start()
    await consumer_speaks(store, 1)
    await eventually(first.is_idle)
    async with working(warehouse, tenant_id) as second:
        await consumer_speaks(store, 2)
        await eventually(first.is_idle)
        await asyncio.sleep(0.7)  # longer than a lease: the first keeps it
        assert heard == [1, 2]
        await first.stop()
        await consumer_speaks(store, 3)
        await settled(second)
    assert heard == [1, 2, 3]


async def test_a_worker_that_was_stopped_leaves_no_wait_for_the_next(
    warehouse: Warehouse, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diji.worker.work.LEASE_SECONDS", 3600)
    begun: list[Store] = []

    async def look_around(store: Store) -> None:
        begun.append(store)

    REACTIONS.to_clock["t.look_around"] = (0.01, look_around)
    for time in (1, 2):

        async def works(time: int = time) -> bool:
            return len(begun) >= time

        begun.clear()
        async with working(warehouse, tenant_id):
            await eventually(works, within=5)


async def test_rounds_by_the_clock_run_in_the_working_process_and_survive_a_failure(
    sqlite: Warehouse, tenant_id: str
) -> None:
    rounds: list[str] = []

    async def close_quiet(_: Store) -> None:
        rounds.append("round")
        raise RuntimeError("this time")

    REACTIONS.to_clock["t.close_quiet"] = (0.02, close_quiet)

    async def thrice() -> bool:
        return len(rounds) >= 3

    async with working(sqlite, tenant_id):
        await eventually(thrice)
