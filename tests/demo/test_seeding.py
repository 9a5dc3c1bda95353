"""What stands in the tables after seeding, and that it stands there whatever happened on the way."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from diji import reviews, team
from diji.demo import Stage, world
from diji.foundation import Warehouse, events_after
from tests.demo.make import BORN, folder, look, rows, seed

SAME = ("consumers", "products", "orders", "parcels", "after_sales", "consumer_identities")


def test_the_tables_hold_what_is_promised(seeded: Warehouse) -> None:
    def count(table: str) -> int:
        return len(look(seeded, rows, table, *([] if table == "shops" else ["tenant_id"])))

    assert count("products") == 120
    assert count("articles") == 300
    assert count("consumers") == 300
    assert count("orders") == 1500
    assert count("reviews") == 3000
    assert count("shops") == 4
    assert count("members") == 6
    assert count("review_aspects") > 2000


def test_past_chats_are_closed_and_some_conversations_wait(seeded: Warehouse) -> None:
    found = look(seeded, rows, "conversations", "closed_at", "reception", "seq", "opened_at")
    past = [closed for closed, _, _, _ in found if closed]
    assert len(past) >= 200
    assert max(past) <= BORN
    assert len(found) - len(past) == 4


def test_what_consumers_said_was_read(seeded: Warehouse) -> None:
    found = look(seeded, rows, "messages", "author", "reading", "text")
    unread = [text for who, reading, text in found if who == "consumer" and reading is None]
    assert Counter(who for who, _, _ in found)["consumer"] > 1200
    assert len(unread) <= 12, "only those who wait now, for the worker to read"


def test_events_of_the_past_carry_their_own_time(seeded: Warehouse) -> None:
    spoke = [r.event for r in look(seeded, events_after, 0, limit=20_000)]
    names = Counter(type(event).__name__ for event in spoke)
    past = [
        e
        for e in spoke
        if type(e).__name__ in {"ConversationClosed", "ParcelMoved", "OrderChanged"}
    ]
    assert names["ConversationClosed"] >= 200
    assert all(event.happened_at <= BORN for event in past)
    assert min(e.happened_at for e in past) < BORN - timedelta(days=50)


def test_the_team_may_see_what_its_groups_serve(seeded: Warehouse) -> None:
    seen = {m.name: m.shops for m in look(seeded, team.members)}
    assert seen["小李"] == ("jd", "tmall")
    assert seen["小陈"] == ("douyin", "pdd")
    assert seen["小周"] is None
    assert len(seen) == 6


def test_reviews_came_in_by_the_door_that_shops_use(seeded: Warehouse) -> None:
    found = look(seeded, reviews.imports)
    assert {view.shop_id for view in found} == {"tmall", "jd", "douyin", "pdd"}
    assert sum(view.added for view in found) == 3000
    assert sum(view.bad for view in found) == 0


def test_seeding_that_was_interrupted_ends_as_if_it_had_not_been(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats, written = world.chats()[:9], world.reviews()[:60]
    monkeypatch.setattr(world, "chats", lambda: chats)
    monkeypatch.setattr(world, "reviews", lambda: written)
    with folder(migrated, tmp_path / "whole" / "demo") as (warehouse, home):
        seed(warehouse, home)
        whole = {table: look(warehouse, rows, table) for table in SAME}
        talks = look(warehouse, rows, "messages", "id", "text", "said_at", "reading")
        told = look(warehouse, rows, "reviews", "text", "at", "product")
    for stop in (("products", 1), ("orders", 7), ("chats", 1)):
        with folder(migrated, tmp_path / "pieces" / "demo") as (warehouse, home):
            asyncio.run(_until(Stage(warehouse, home), *stop))
    with folder(migrated, tmp_path / "pieces" / "demo") as (warehouse, home):
        home.reached["orders"] -= 2  # as if the power had failed before the marker was written
        seed(warehouse, home)
        assert {table: look(warehouse, rows, table) for table in SAME} == whole
        again = look(warehouse, rows, "messages", "id", "text", "said_at", "reading")
        assert [m for m in again if m[3]] == [m for m in talks if m[3]]
        assert look(warehouse, rows, "reviews", "text", "at", "product") == told


async def _until(stage: Stage, step: str, count: int) -> None:
    """Seed until a slice of a step is done, then stop dead."""
    await stage.prepare()
    task = asyncio.create_task(stage.seeding.run())
    home = stage._home  # noqa: SLF001
    while home.has(step) < count:
        assert not task.done()
        await asyncio.sleep(0.002)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
