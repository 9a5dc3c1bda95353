"""The one writer: what it answers is stored, and nobody pays for a neighbour."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diji.foundation import Conflict, NotFound, Store, Unavailable, Warehouse, newest_position
from diji.foundation.jobs import ReactionRow
from diji.foundation.writer import Waiting
from tests.foundation.make import note, notes, together


def refuse(session: Session) -> None:
    note(session, "must not stay")
    raise Conflict("来晚了", "Too late")


def miss(session: Session) -> None:
    del session
    raise NotFound("没有", "None")


def add_unflushed(session: Session, tenant_id: str) -> None:
    """Only the database can tell that the row is there already, and only when the writer flushes."""
    row = ReactionRow(tenant_id=tenant_id, room="r", position=1)
    session.add(row)


@contextmanager
def commits(warehouse: Warehouse, heard: Any) -> Iterator[None]:
    event.listen(warehouse.database.writer, "commit", heard)
    try:
        yield
    finally:
        event.remove(warehouse.database.writer, "commit", heard)


async def test_the_answer_comes_after_the_commit_and_not_before(
    warehouse: Warehouse, store: Store
) -> None:
    waiting = Waiting(store.binding, note, ("单号1",), {})
    answered_at_commit = []
    with commits(warehouse, lambda _: answered_at_commit.append(waiting.answer.done())):
        answer = await asyncio.wrap_future(warehouse.writer.submit(waiting))
    assert answered_at_commit == [False]
    assert answer == "单号1"
    assert await store.read(notes) == ["单号1"]


async def test_actions_that_wait_together_share_one_commit(
    warehouse: Warehouse, store: Store
) -> None:
    counted = Counter[str]()
    with commits(warehouse, lambda _: counted.update(["commit"])):
        await together(store, *[(note, f"n{i:03}") for i in range(100)])
    assert counted["commit"] <= 2  # the one that held the writer, and all the others
    assert len(await store.read(notes)) == 100


async def test_a_failing_action_is_answered_with_its_own_error_and_harms_no_neighbour(
    store: Store, tenant_id: str
) -> None:
    answers = await together(
        store,
        (note, "a"),
        (refuse,),
        (note, "b"),
        (miss,),
        (add_unflushed, tenant_id),
        (add_unflushed, tenant_id),
        (note, "c"),
    )
    kinds = [type(a) if isinstance(a, Exception) else a for a in answers]
    assert kinds == ["a", Conflict, "b", NotFound, None, IntegrityError, "c"]
    assert await store.read(notes) == ["a", "b", "c"]
    assert await store.read(newest_position) == 3


async def test_after_three_failures_the_others_run_one_by_one(
    warehouse: Warehouse, store: Store
) -> None:
    counted = Counter[str]()
    calls = [(note, f"n{i}") if i % 2 else (refuse,) for i in range(20)]
    with commits(warehouse, lambda _: counted.update(["commit"])):
        answers = await together(store, *calls)
    assert [isinstance(a, Conflict) for a in answers] == [i % 2 == 0 for i in range(20)]
    assert len(await store.read(notes)) == 10
    assert counted["commit"] >= 7 + 1  # n1 to n5 fail together three times; the rest alone


async def test_an_action_that_runs_twice_leaves_one_trace(store: Store) -> None:
    runs = Counter[str]()

    def counted_note(session: Session, name: str) -> str:
        runs[name] += 1
        return note(session, name)

    await together(store, (counted_note, "a"), (refuse,), (counted_note, "b"))
    assert runs["a"] == 2
    assert await store.read(notes) == ["a", "b"]
    assert await store.read(newest_position) == 2


async def test_who_stops_waiting_does_not_undo_what_was_asked(store: Store) -> None:
    waiting = asyncio.create_task(store.write(note, "还是记下"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await store.write(note, "z")
    assert await store.read(notes) == ["z", "还是记下"]


async def test_each_tenants_batch_is_its_own(warehouse: Warehouse, tenant_id: str) -> None:
    stores = [warehouse.of(f"{tenant_id[:30]}{i}") for i in range(3)]
    await asyncio.gather(*(s.write(note, f"n{i}") for i in range(30) for s in stores))
    for store in stores:
        assert len(await store.read(notes)) == 30
        assert await store.read(newest_position) == 30


async def test_a_listener_that_breaks_stops_neither_the_answer_nor_the_next_listener(
    sqlite: Warehouse, tenant_id: str
) -> None:
    heard: list[int] = []
    sqlite.listen(lambda _: 1 / 0)  # type: ignore[arg-type]
    sqlite.listen(lambda recorded: heard.append(recorded[0].position))
    store = sqlite.of(tenant_id)
    await store.write(note, "a")
    await store.write(note, "b")
    await asyncio.to_thread(sqlite.writer.stop)
    assert heard == [1, 2]


async def test_a_store_that_stops_finishes_what_waits_and_takes_nothing_more(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store = sqlite.of(tenant_id)
    waiting = [asyncio.create_task(store.write(note, f"n{i}")) for i in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(sqlite.writer.stop)
    assert len(await asyncio.gather(*waiting)) == 50
    with pytest.raises(Unavailable):
        await store.write(note, "too late")
