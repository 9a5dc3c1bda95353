"""Queries see one moment and can change nothing."""

import asyncio
import threading

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diji.foundation import Store
from tests.foundation.make import how_many, note, notes


async def test_a_query_that_tries_to_write_is_refused_by_the_database(store: Store) -> None:
    def sly(session: Session) -> None:
        session.info["pen"] = type("Pen", (), {"note": lambda *_: None})()
        note(session, "偷偷写")

    with pytest.raises(DBAPIError, match=r"read-?only"):
        await store.read(sly)
    assert await store.read(notes) == []


async def test_a_query_sees_one_moment_however_long_it_takes(store: Store) -> None:
    looked, written = threading.Event(), threading.Event()

    def count_twice(session: Session) -> tuple[int, int]:
        before = how_many(session)
        looked.set()
        written.wait(10)
        return before, how_many(session)

    counting = asyncio.create_task(store.read(count_twice))
    await asyncio.to_thread(looked.wait, 10)
    await store.write(note, "meanwhile")
    written.set()
    assert await counting == (0, 0)
    assert await store.read(how_many) == 1


async def test_an_action_reads_what_it_has_just_written(store: Store) -> None:
    def write_then_look(session: Session) -> list[str]:
        note(session, "a")
        return notes(session)

    assert await store.write(write_then_look) == ["a"]
