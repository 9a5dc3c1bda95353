"""A backup made while everybody writes is one moment of the shop, and comes back whole."""

import asyncio
import os
import shutil
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from diji.foundation import (
    Conflict,
    Home,
    Invalid,
    Warehouse,
    back_up,
    events_after,
    migrate,
    restore_from,
)
from tests.foundation.make import note, notes

TENANT = "main"


@pytest.fixture
def second_postgres(postgres_url: str) -> Iterator[str]:
    """A database that is empty, as on the machine to which one moves."""
    server, name = (
        postgres_url.rsplit("/", 1)[0] + "/postgres",
        f"diji_test_{uuid.uuid4().hex[:12]}",
    )
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{server.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("second_postgres") if request.param == "postgres" else None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def opened(home: Path, url: str | None) -> Warehouse:
    home.mkdir(exist_ok=True)
    warehouse = Warehouse(home, url)
    migrate(warehouse.database)
    warehouse.open()
    return warehouse


async def test_a_backup_made_while_writing_is_a_prefix_and_comes_back_equal(
    home: Path, url: str | None, tmp_path: Path
) -> None:
    warehouse = opened(home, url)
    store = warehouse.of(TENANT)
    for i in range(50):
        await store.write(note, f"n{i:04}")
    writing = asyncio.gather(*(store.write(note, f"n{i:04}") for i in range(50, 600)))
    await asyncio.to_thread(back_up, home, url, tmp_path / "copy.tar.gz")
    await writing
    written = await store.read(events_after, 0, limit=1000)
    assert len(written) == 600
    warehouse.close()
    restore_from(home, url, tmp_path / "copy.tar.gz", replace=True)
    restored = opened(home, url)
    try:
        store = restored.of(TENANT)
        told = await store.read(events_after, 0, limit=1000)
        assert 50 <= len(told) <= 600
        assert told == written[: len(told)]
        assert len(await store.read(notes)) == len(told)
        await store.write(note, "life goes on")
    finally:
        restored.close()


async def test_a_backup_carries_pictures_and_secrets_and_only_its_owner_may_read_it(
    home: Path, tmp_path: Path
) -> None:
    opened(home, None).close()
    secret = Home(home).secret("visitor")
    (home / "files" / "ab").mkdir()
    (home / "files" / "ab" / "picture").write_bytes(b"\x89PNG")
    back_up(home, None, tmp_path / "copy.tar.gz")
    assert oct((tmp_path / "copy.tar.gz").stat().st_mode & 0o777) == "0o600"
    elsewhere = tmp_path / "elsewhere"
    restore_from(elsewhere, None, tmp_path / "copy.tar.gz", replace=False)
    assert Home(elsewhere).secret("visitor") == secret
    assert oct((elsewhere / "visitor.secret").stat().st_mode & 0o777) == "0o600"
    assert (elsewhere / "files" / "ab" / "picture").read_bytes() == b"\x89PNG"


async def test_data_is_replaced_only_when_asked(
    home: Path, url: str | None, tmp_path: Path
) -> None:
    warehouse = opened(home, url)
    await warehouse.of(TENANT).write(note, "mine")
    back_up(home, url, tmp_path / "copy.tar.gz")
    await warehouse.of(TENANT).write(note, "newer")
    warehouse.close()
    with pytest.raises(Conflict):
        restore_from(home, url, tmp_path / "copy.tar.gz", replace=False)
    again = opened(home, url)
    assert len(await again.of(TENANT).read(notes)) == 2
    again.close()


def test_a_folder_in_use_is_left_alone(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    back_up(home, None, tmp_path / "copy.tar.gz")
    owner = Home(home)
    owner.hold("http://127.0.0.1:9")
    with pytest.raises(Conflict):
        restore_from(home, None, tmp_path / "copy.tar.gz", replace=True)
    owner.release()


@pytest.mark.parametrize("content", [b"", b"not an archive", os.urandom(2000)])
def test_what_is_no_backup_is_refused_and_harms_nothing(
    home: Path, tmp_path: Path, content: bytes
) -> None:
    opened(home, None).close()
    before = (home / "diji.sqlite3").read_bytes()
    (tmp_path / "bad.tar.gz").write_bytes(content)
    with pytest.raises(Invalid):
        restore_from(home, None, tmp_path / "bad.tar.gz", replace=True)
    assert (home / "diji.sqlite3").read_bytes() == before


def test_a_backup_cannot_write_outside_the_folder(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    evil = tmp_path / "evil.tar.gz"
    (tmp_path / "x").write_text("gotcha")
    with tarfile.open(evil, "w:gz") as archive:
        archive.add(tmp_path / "x", "../../../../../../../../tmp/diji-gotcha")
    with pytest.raises(Invalid):
        restore_from(home, None, evil, replace=True)
    assert not Path("/tmp/diji-gotcha").exists()  # noqa: S108 - where it would land


def test_half_a_backup_is_refused(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    back_up(home, None, tmp_path / "copy.tar.gz")
    whole = (tmp_path / "copy.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Invalid):
        restore_from(home, None, tmp_path / "half.tar.gz", replace=True)


def test_there_is_nothing_to_back_up_where_no_home_is(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        back_up(tmp_path / "nowhere", None, tmp_path / "copy.tar.gz")
    shutil.rmtree(tmp_path, ignore_errors=True)
