"""The ledger: one order for each tenant, without gaps, whoever writes."""

import asyncio
from typing import Any

from sqlalchemy.orm import Session

from diji.events import ArticleChanged, ConversationClosed, ConversationOpened
from diji.foundation import (
    Actor,
    LedgerTail,
    Store,
    Warehouse,
    events_after,
    events_of_conversation,
    newest_position,
    own_update,
    record,
    run,
)
from diji.foundation.jobs import FailedReaction
from tests.foundation.make import note, together
from tests.foundation.test_writing import refuse


async def test_an_event_remembers_its_place_its_words_and_who_did_it(store: Store) -> None:
    told = ArticleChanged(article_id="运费说明")
    await store.of(Actor("member", "xiaoli", "agent")).write(record, told)
    (recorded,) = await store.read(events_after, 0)
    assert (recorded.position, recorded.event) == (1, told)
    assert (recorded.actor_kind, recorded.actor_id) == ("member", "xiaoli")


async def test_a_refused_action_leaves_no_event(store: Store) -> None:
    await together(store, (note, "a"), (refuse,), (note, "b"))
    told = await store.read(events_after, 0)
    assert [r.event.article_id for r in told if isinstance(r.event, ArticleChanged)] == ["a", "b"]


async def test_a_conversation_tells_its_own_story(store: Store) -> None:
    def happen(session: Session, conversation_id: str) -> None:
        ids: Any = {"shop_id": "tmall", "conversation_id": conversation_id}
        record(session, ConversationOpened(consumer_id="小王", **ids))
        record(session, ConversationClosed(**ids))

    await store.write(happen, "c1")
    await store.write(happen, "c2")
    story = await store.read(events_of_conversation, "c2")
    assert [type(r.event) for r in story] == [ConversationOpened, ConversationClosed]
    assert [r.position for r in story] == [3, 4]


async def test_two_processes_on_postgres_leave_no_gap_and_never_block_each_other(
    postgres: Warehouse, postgres_url: str, tenant_id: str
) -> None:
    second = Warehouse(postgres.home, postgres_url)
    second.open()
    try:
        stores = [warehouse.of(tenant_id) for warehouse in (postgres, second)]
        async with asyncio.timeout(20):
            await asyncio.gather(
                *(s.write(note, f"{w}-{i}") for w, s in enumerate(stores) for i in range(150))
            )
        told = await stores[0].read(events_after, 0)
        assert [r.position for r in told] == list(range(1, 301))
        assert len({r.event.id for r in told}) == 300
    finally:
        second.close()


async def test_two_processes_that_touch_the_same_rows_crosswise_do_not_deadlock(
    postgres: Warehouse, postgres_url: str, tenant_id: str
) -> None:
    """Without the tenant's lock two batches took row locks in arrival order and deadlocked at once."""
    second = Warehouse(postgres.home, postgres_url)
    second.open()
    names = ["甲", "乙", "丙", "丁"]
    try:
        forth, back = postgres.of(tenant_id), second.of(tenant_id)
        for name in names:
            await forth.write(note, name)
        async with asyncio.timeout(20):
            for _ in range(10):
                await asyncio.gather(
                    *(forth.write(touch, name) for name in names),
                    *(back.write(touch, name) for name in reversed(names)),
                )
        assert await forth.read(newest_position) == 4 + 80
    finally:
        second.close()


def touch(session: Session, name: str) -> None:
    run(
        session,
        own_update(session, FailedReaction).where(FailedReaction.room == name).values(error=name),
    )
    record(session, ArticleChanged(article_id=name))


async def test_a_tail_gives_every_event_once_and_in_order(store: Store) -> None:
    tail = LedgerTail(store)
    told: list[int] = []
    for i in range(5):
        await store.write(note, f"n{i}")
    told += [r.position for r in await tail.new()]
    await store.write(note, "later")
    told += [r.position for r in await tail.new()]
    assert told == [1, 2, 3, 4, 5, 6]
    assert await tail.is_at_end()


async def test_a_hint_with_a_gap_before_it_sends_the_tail_to_look(store: Store) -> None:
    """Another process wrote 1 and 2; this one only heard of its own 3."""
    tail = LedgerTail(store)
    for name in "abc":
        await store.write(note, name)
    third = (await store.read(events_after, 2))[0]
    tail.hear([third])
    assert [r.position for r in await tail.new()] == [1, 2, 3]
    tail.hear([third])  # heard once more, from elsewhere
    await store.write(note, "d")
    assert [r.position for r in await tail.new()] == [4]


async def test_hints_alone_carry_the_tail_and_repeated_ones_change_nothing(store: Store) -> None:
    tail = LedgerTail(store)
    for name in "abcd":
        await store.write(note, name)
    told = await store.read(events_after, 0)
    tail.hear(told[:2])
    tail.hear(told[1:3])
    assert [r.position for r in await tail.new()] == [1, 2, 3]
    assert [r.position for r in await tail.new()] == [4]


async def test_a_tail_finds_what_nobody_told_it(store: Store) -> None:
    tail = LedgerTail(store)
    waiting = asyncio.create_task(tail.new())
    await asyncio.sleep(0.05)
    await store.write(note, "from another process")
    async with asyncio.timeout(5):
        assert [r.position for r in await waiting] == [1]
