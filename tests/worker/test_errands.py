"""Durable work is done by whoever works, tried again, and outlives a stop."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from diji.foundation import REACTIONS, Store, Warehouse, own, put_off
from diji.foundation.jobs import JobRow
from tests.make import eventually
from tests.worker.make import settled, working


def rows(session: Session) -> list[tuple[str, int, str | None]]:
    found = own(session, JobRow.state, JobRow.attempts, JobRow.last_error)
    return [(r[0], r[1], r[2]) for r in session.execute(found)]


def hurry(session: Session) -> None:
    for row in session.scalars(own(session, JobRow)):
        row.due_at -= timedelta(hours=2)


async def test_work_is_done_once_with_what_it_was_put_off_with(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    sent: list[str] = []

    async def deliver(_: Store, *, message_id: str) -> None:
        sent.append(message_id)

    REACTIONS.to_work["deliver"] = deliver
    for i in range(30):
        await store.write(put_off, "deliver", message_id=f"m{i}")
    async with working(warehouse, tenant_id) as worker:
        await settled(worker)
        assert await store.read(rows) == []
    assert Counter(sent) == Counter(f"m{i}" for i in range(30))


async def test_failed_work_comes_again_and_then_succeeds(sqlite: Warehouse, tenant_id: str) -> None:
    store, tries = sqlite.of(tenant_id), Counter[str]()

    async def deliver(_: Store) -> None:
        tries["deliver"] += 1
        if tries["deliver"] < 3:
            raise RuntimeError("平台没有回答")

    REACTIONS.to_work["deliver"] = deliver
    await store.write(put_off, "deliver")
    async with working(sqlite, tenant_id):

        async def done() -> bool:
            await store.write(hurry)
            return await store.read(rows) == []

        await eventually(done)
    assert tries["deliver"] == 3


@pytest.mark.parametrize("kind", ["deliver", "nobody does this"])
async def test_work_that_fails_keeps_its_reason(
    sqlite: Warehouse, tenant_id: str, kind: str
) -> None:
    store = sqlite.of(tenant_id)

    async def deliver(_: Store) -> None:
        raise RuntimeError("拒绝")

    REACTIONS.to_work["deliver"] = deliver
    await store.write(put_off, kind)
    async with working(sqlite, tenant_id) as worker:
        await settled(worker)
    ((state, attempts, error),) = await store.read(rows)
    assert (state, attempts) == ("waiting", 1)
    assert error == (
        "RuntimeError('拒绝')" if kind == "deliver" else "KeyError('nobody does this')"
    )


async def test_work_under_way_when_the_worker_stops_is_done_by_the_next_at_once(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def deliver(_: Store) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(60)
        done.set()

    REACTIONS.to_work["deliver"] = deliver
    await store.write(put_off, "deliver")
    async with working(warehouse, tenant_id):
        await begun.wait()
    assert await store.read(rows) == [("waiting", 0, None)]
    async with working(warehouse, tenant_id), asyncio.timeout(5):
        await done.wait()


async def test_slow_work_holds_up_nobody_else(sqlite: Warehouse, tenant_id: str) -> None:
    store, quick = sqlite.of(tenant_id), asyncio.Event()

    async def slow(_: Store) -> None:
        await asyncio.sleep(60)

    async def fast(_: Store) -> None:
        quick.set()

    REACTIONS.to_work.update(slow=slow, fast=fast)
    for _ in range(4):
        await store.write(put_off, "slow")
    await store.write(put_off, "fast")
    async with working(sqlite, tenant_id), asyncio.timeout(5):
        await quick.wait()
