"""A full disk, a frozen file, a database that goes away: said clearly, and healed by itself."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from diji.foundation import Database, Store, Unavailable, Warehouse, newest_position
from tests.foundation.make import note, notes, together


def pragma(database: Database, words: str) -> int:
    connection = database.writer.raw_connection()
    try:
        found = connection.driver_connection.execute(f"PRAGMA {words}").fetchone()  # type: ignore[union-attr]
        return int(found[0]) if found else 0
    finally:
        connection.close()


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """SQLite may not grow by a single page."""
    pragma(database, f"max_page_count={pragma(database, 'page_count')}")
    yield
    pragma(database, "max_page_count=1000000")


@contextmanager
def frozen(database: Database) -> Iterator[None]:
    pragma(database, "query_only=ON")
    yield
    pragma(database, "query_only=OFF")


def fill(session: Session, piece: int) -> None:
    for i in range(200):
        note(session, f"{piece:04}-{i:04}-{'满' * 10}")


@pytest.mark.parametrize("trouble", [full_disk, frozen])
async def test_what_cannot_be_stored_is_refused_and_the_store_heals(
    sqlite: Warehouse, tenant_id: str, trouble: object
) -> None:
    store = sqlite.of(tenant_id)
    await store.write(note, "before")
    with trouble(sqlite.database):  # type: ignore[operator]
        for piece in range(3):
            with pytest.raises(Unavailable):
                await store.write(fill, piece)
        assert await store.read(notes) == ["before"], "reading goes on"
    await store.write(note, "after")
    assert await store.read(notes) == ["after", "before"]
    assert await store.read(newest_position) == 2


async def test_nobody_in_the_batch_is_blamed_for_a_full_disk(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store = sqlite.of(tenant_id)
    with full_disk(sqlite.database):
        answers = await together(store, *[(fill, piece) for piece in range(3)])
    assert [type(a) for a in answers] == [Unavailable] * 3


async def test_a_connection_lost_in_the_middle_runs_the_batch_again(
    postgres: Warehouse, tenant_id: str
) -> None:
    store = postgres.of(tenant_id)
    runs = Counter[str]()

    def cut_once(session: Session) -> None:
        note(session, "survives")
        runs["cut"] += 1
        if runs["cut"] == 1:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert await together(store, (note, "neighbour"), (cut_once,)) == ["neighbour", None]
    assert runs["cut"] == 2
    assert await store.read(notes) == ["neighbour", "survives"]


async def test_a_database_that_is_away_is_said_so_to_readers_and_writers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    away = Warehouse(tmp_path_factory.mktemp("away"), "postgresql://nobody@127.0.0.1:9/none")
    away.open()
    store = away.of("main")
    try:
        with pytest.raises(Unavailable):
            await store.read(notes)
        with pytest.raises(Unavailable):
            await store.write(note, "a")
    finally:
        away.close()


async def test_a_mistake_in_a_query_is_no_trouble_of_the_database(store: Store) -> None:
    def mistaken(session: Session) -> None:
        session.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(Exception, match="nowhere"):
        await store.read(mistaken)
    with pytest.raises(Exception, match="nowhere"):
        await store.write(mistaken)
