"""Rooms react to the ledger: once, in order, and on after a stop."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy.orm import Session

from diji.events import ConsumerSpoke
from diji.foundation import Store, Unavailable, Warehouse, own, reaction_position
from diji.foundation.jobs import FailedReaction
from tests.foundation.test_trouble import pragma
from tests.make import eventually
from tests.worker.make import consumer_speaks, room, settled, working


def failed(session: Session) -> list[tuple[str, int]]:
    rows = own(session, FailedReaction.room, FailedReaction.position)
    return [(row[0], row[1]) for row in session.execute(rows)]


async def test_every_room_hears_every_event_once(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    heard: list[tuple[str, int]] = []

    async def copilot(_: Store, spoke: ConsumerSpoke) -> None:
        heard.append(("copilot", spoke.seq))

    async def quality(_: Store, spoke: ConsumerSpoke) -> None:
        heard.append(("quality", spoke.seq))

    room("copilot", copilot)
    room("quality", quality)
    await consumer_speaks(store, 1, 2)
    async with working(warehouse, tenant_id) as worker:
        await consumer_speaks(store, 3)
        await settled(worker)
    assert Counter(heard) == Counter((r, s) for r in ("copilot", "quality") for s in (1, 2, 3))


async def test_within_a_conversation_one_after_another_and_conversations_side_by_side(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store = sqlite.of(tenant_id)
    told: list[str] = []
    both_inside = asyncio.Barrier(2)

    async def slow(_: Store, spoke: ConsumerSpoke) -> None:
        told.append(f"{spoke.conversation_id}-{spoke.seq} begins")
        async with asyncio.timeout(5):
            await both_inside.wait()  # passes only when both conversations are at it
        told.append(f"{spoke.conversation_id}-{spoke.seq} ends")

    room("copilot", slow)
    await consumer_speaks(store, 1, 2, 3, conversation_id="a")
    await consumer_speaks(store, 1, 2, 3, conversation_id="b")
    async with working(sqlite, tenant_id) as worker:
        await settled(worker)
    for one in "ab":
        expected = [f"{one}-{seq} {what}" for seq in (1, 2, 3) for what in ("begins", "ends")]
        assert [t for t in told if t.startswith(one)] == expected
    assert await store.read(failed) == []


async def test_a_worker_stopped_midway_goes_on_where_it_stopped(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    done: list[int] = []
    stuck = asyncio.Event()

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        if spoke.seq == 3 and not stuck.is_set():
            stuck.set()
            await asyncio.sleep(60)
        done.append(spoke.seq)

    room("copilot", react)
    await consumer_speaks(store, 1, 2, 3, 4, 5)
    async with working(warehouse, tenant_id):
        await stuck.wait()
    assert done == [1, 2]
    assert await store.read(reaction_position, "copilot") == 2
    async with working(warehouse, tenant_id) as worker:
        await settled(worker)
    assert done == [1, 2, 3, 4, 5]


async def test_an_event_is_not_passed_over_because_a_later_one_was_done_first(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store = sqlite.of(tenant_id)
    quick_done, again = asyncio.Event(), []

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        if spoke.conversation_id == "slow" and not quick_done.is_set():
            await asyncio.sleep(60)
        again.append(spoke.conversation_id)
        quick_done.set()

    room("copilot", react)
    await consumer_speaks(store, 1, conversation_id="slow")
    await consumer_speaks(store, 1, conversation_id="quick")
    async with working(sqlite, tenant_id):
        await quick_done.wait()
        await asyncio.sleep(0.2)
    assert await store.read(reaction_position, "copilot") == 0
    async with working(sqlite, tenant_id) as worker:
        await settled(worker)
    assert "slow" in again


async def test_a_reaction_that_keeps_failing_is_kept_for_people_and_the_next_goes_on(
    warehouse: Warehouse, store: Store, tenant_id: str
) -> None:
    tries = Counter[int]()

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        tries[spoke.seq] += 1
        if spoke.seq == 1:
            raise RuntimeError("坏了")

    room("copilot", react)
    await consumer_speaks(store, 1, 2)
    async with working(warehouse, tenant_id) as worker:
        await settled(worker)
    assert tries == {1: 3, 2: 1}
    assert await store.read(failed) == [("copilot", 1)]


async def test_one_stumble_is_forgiven(sqlite: Warehouse, tenant_id: str) -> None:
    store, tries = sqlite.of(tenant_id), Counter[int]()

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        tries[spoke.seq] += 1
        if tries[spoke.seq] == 1:
            raise RuntimeError("一时")

    room("copilot", react)
    await consumer_speaks(store, 1)
    async with working(sqlite, tenant_id) as worker:
        await settled(worker)
    assert tries == {1: 2}
    assert await store.read(failed) == []


async def test_a_full_disk_is_waited_out_and_counts_as_no_failure(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store, tries = sqlite.of(tenant_id), Counter[int]()

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        tries[spoke.seq] += 1
        if tries[spoke.seq] < 10:
            raise Unavailable("满了", "full")

    room("copilot", react)
    await consumer_speaks(store, 1)
    async with working(sqlite, tenant_id) as worker:
        await settled(worker)
    assert tries == {1: 10}
    assert await store.read(failed) == []


async def test_a_worker_outlives_a_store_that_takes_nothing_for_a_while(
    sqlite: Warehouse, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, one refused write of a lease or a position ended all reactions until a restart."""
    monkeypatch.setattr("diji.worker.work.LEASE_SECONDS", 0.3)
    store, heard = sqlite.of(tenant_id), []

    async def react(_: Store, spoke: ConsumerSpoke) -> None:
        heard.append(spoke.seq)

    room("copilot", react)
    async with working(sqlite, tenant_id) as worker:
        await consumer_speaks(store, 1)
        await settled(worker)
        pragma(sqlite.database, "query_only=ON")
        await asyncio.sleep(0.3)
        pragma(sqlite.database, "query_only=OFF")
        await consumer_speaks(store, 2)

        async def both() -> bool:
            return heard == [1, 2]

        await eventually(both)
