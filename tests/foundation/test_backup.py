"""A backup made while everybody writes is one moment of the shop, and comes back whole."""

import asyncio
import contextlib
import gzip
import itertools
import os
import sqlite3
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import MetaData

from diji import team
from diji.events import DataRestored
from diji.foundation import (
    Conflict,
    Database,
    Home,
    Invalid,
    Warehouse,
    back_up,
    events_after,
    forget_replaced,
    migrate,
    newest_position,
    prepare_restore,
    restore_failed,
    restore_waits,
    take_restore,
)
from diji.foundation.migrate import upgrade
from tests.foundation.make import note, notes

COPY = "copy.tar.gz"

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


def save(home: Path, url: str | None, file: Path) -> None:
    back_up(home, url, file, tenant_id=TENANT)


def ready(home: Path, url: str | None, file: Path, *, replace: bool = True) -> None:
    prepare_restore(home, url, file, tenant_id=TENANT, replace=replace)


def restore(home: Path, url: str | None, file: Path, *, replace: bool = True) -> None:
    ready(home, url, file, replace=replace)
    take_restore(home, url)


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
    await asyncio.to_thread(save, home, url, tmp_path / COPY)
    await writing
    written = await store.read(events_after, 0, limit=1000)
    assert len(written) == 600
    warehouse.close()
    restore(home, url, tmp_path / COPY)
    restored = opened(home, url)
    try:
        store = restored.of(TENANT)
        *told, back = await store.read(events_after, 0, limit=1000)
        assert 50 <= len(told) <= 600
        assert told == written[: len(told)]
        assert type(back.event) is DataRestored
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
    save(home, None, tmp_path / COPY)
    assert oct((tmp_path / COPY).stat().st_mode & 0o777) == "0o600"
    elsewhere = tmp_path / "elsewhere"
    restore(elsewhere, None, tmp_path / COPY, replace=False)
    assert Home(elsewhere).secret("visitor") == secret
    assert oct((elsewhere / "visitor.secret").stat().st_mode & 0o777) == "0o600"
    assert (elsewhere / "files" / "ab" / "picture").read_bytes() == b"\x89PNG"


async def test_data_is_replaced_only_when_asked(
    home: Path, url: str | None, tmp_path: Path
) -> None:
    warehouse = opened(home, url)
    await warehouse.of(TENANT).write(note, "mine")
    save(home, url, tmp_path / COPY)
    await warehouse.of(TENANT).write(note, "newer")
    warehouse.close()
    with pytest.raises(Conflict):
        restore(home, url, tmp_path / COPY, replace=False)
    again = opened(home, url)
    assert len(await again.of(TENANT).read(notes)) == 2
    again.close()


@pytest.mark.parametrize("content", [b"", b"not an archive", os.urandom(2000)])
def test_what_is_no_backup_is_refused_and_harms_nothing(
    home: Path, tmp_path: Path, content: bytes
) -> None:
    opened(home, None).close()
    before = (home / "diji.sqlite3").read_bytes()
    (tmp_path / "bad.tar.gz").write_bytes(content)
    with pytest.raises(Invalid):
        restore(home, None, tmp_path / "bad.tar.gz")
    assert (home / "diji.sqlite3").read_bytes() == before


def test_a_backup_cannot_write_outside_the_folder(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    evil = tmp_path / "evil.tar.gz"
    (tmp_path / "x").write_text("gotcha")
    with tarfile.open(evil, "w:gz") as archive:
        archive.add(tmp_path / "x", "../../../../../../../../tmp/diji-gotcha")
    with pytest.raises(Invalid):
        restore(home, None, evil)
    assert not Path("/tmp/diji-gotcha").exists()  # noqa: S108 - where it would land


def test_half_a_backup_is_refused(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    save(home, None, tmp_path / COPY)
    whole = (tmp_path / COPY).read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Invalid):
        restore(home, None, tmp_path / "half.tar.gz")


def test_there_is_nothing_to_back_up_where_no_home_is(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        save(tmp_path / "nowhere", None, tmp_path / COPY)


async def test_positions_go_on_beyond_all_that_anybody_saw_before(
    home: Path, url: str | None, tmp_path: Path
) -> None:
    warehouse = opened(home, url)
    await warehouse.of(TENANT).write(note, "kept")
    save(home, url, tmp_path / COPY)
    for i in range(20):
        await warehouse.of(TENANT).write(note, f"lost{i}")
    seen = await warehouse.of(TENANT).read(newest_position)
    warehouse.close()
    restore(home, url, tmp_path / COPY)
    again = opened(home, url)
    assert await again.of(TENANT).read(newest_position) > seen + 2000
    assert await again.of(TENANT).read(notes) == ["kept"]
    again.close()


async def test_a_restore_that_a_crash_cuts_off_anywhere_is_finished_by_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in range(12):
        home = tmp_path / f"home{steps}"
        warehouse = opened(home, None)
        (home / "files" / "picture").write_bytes(b"old")
        Home(home).secret("visitor")
        await warehouse.of(TENANT).write(note, "kept")
        save(home, None, tmp_path / COPY)
        await warehouse.of(TENANT).write(note, "lost")
        warehouse.close()
        (home / "files" / "picture").write_bytes(b"new")
        ready(home, None, tmp_path / COPY)
        with monkeypatch.context() as patch, contextlib.suppress(PowerCut):
            cut_power_after(steps, patch)
            take_restore(home, None)
        take_restore(home, None)
        again = opened(home, None)
        assert await again.of(TENANT).read(notes) == ["kept"], steps
        assert (home / "files" / "picture").read_bytes() == b"old"
        again.close()
        assert not restore_waits(home)


class PowerCut(BaseException):
    """Everything stops here."""


def cut_power_after(steps: int, patch: pytest.MonkeyPatch) -> None:
    renames = itertools.count()
    rename = Path.rename

    def once(self: Path, target: Path) -> Path:
        if next(renames) == steps:
            raise PowerCut
        return rename(self, target)

    patch.setattr(Path, "rename", once)


def test_what_was_replaced_stays_beside_until_the_new_data_have_opened(
    home: Path, tmp_path: Path
) -> None:
    opened(home, None).close()
    save(home, None, tmp_path / COPY)
    restore(home, None, tmp_path / COPY)
    (old,) = home.glob("before-restore-*")
    assert (old / "diji.sqlite3").exists()
    forget_replaced(home)
    assert {path.name for path in home.iterdir()} == {"diji.sqlite3"}


async def test_rows_that_the_database_refuses_change_nothing(
    home: Path, second_postgres: str, tmp_path: Path
) -> None:
    warehouse = opened(home, second_postgres)
    await warehouse.of(TENANT).write(note, "mine")
    save(home, second_postgres, tmp_path / COPY)
    await warehouse.of(TENANT).write(note, "newer")
    warehouse.close()
    ready(home, second_postgres, tmp_path / COPY)
    rows = home / "restore.pending" / "rows.jsonl.gz"
    rows.write_bytes(
        gzip.compress(gzip.decompress(rows.read_bytes()) + b'{"table":"ledger","row":{}}\n')
    )
    take_restore(home, second_postgres)
    assert restore_failed(home)
    again = opened(home, second_postgres)
    assert await again.of(TENANT).read(notes) == ["mine", "newer"]
    again.close()


async def test_rows_of_an_older_diji_are_brought_up_to_date(
    home: Path, second_postgres: str, tmp_path: Path
) -> None:
    an_older_shop(home, second_postgres)
    save(home, second_postgres, tmp_path / COPY)
    restore(home, second_postgres, tmp_path / COPY)
    again = opened(home, second_postgres)
    (shop,) = await again.of(TENANT).read(team.shops)
    assert shop.name == "店"
    again.close()


def an_older_shop(home: Path, url: str) -> None:
    home.mkdir()
    values = {
        "tenant_id": TENANT,
        "shop_id": "tmall",
        "name": "店",
        "platform": "tmall",
        "colour": "#1677ff",
    }
    with (
        contextlib.closing(Database(url, home)) as database,
        database.writer.connect() as connection,
        connection.begin(),
    ):
        upgrade(connection, "0001")
        tables = MetaData()
        tables.reflect(connection)
        columns = tables.tables["shops"].columns
        rest = {c.name: "x" for c in columns if not c.nullable and c.name not in values}
        connection.execute(tables.tables["shops"].insert(), {**rest, **values})


def test_a_backup_of_another_kind_is_refused(
    home: Path, second_postgres: str, tmp_path: Path
) -> None:
    opened(home, None).close()
    save(home, None, tmp_path / COPY)
    with pytest.raises(Invalid, match="other kind of database"):
        ready(home, second_postgres, tmp_path / COPY)
    with pytest.raises(Invalid, match="--demo"):
        prepare_restore(home, None, tmp_path / COPY, tenant_id="demo", replace=True)


def test_a_backup_of_a_newer_diji_is_refused(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    with closing(sqlite3.connect(home / "diji.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    save(home, None, tmp_path / COPY)
    with pytest.raises(Invalid, match="newer"):
        ready(tmp_path / "fresh", None, tmp_path / COPY)


def test_a_damaged_database_inside_a_whole_archive_is_refused(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    with (home / "diji.sqlite3").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 20))
    save(home, None, tmp_path / COPY)
    with pytest.raises(Invalid, match="damaged"):
        ready(tmp_path / "fresh", None, tmp_path / COPY)


def test_two_restores_at_once_do_not_mix(home: Path, tmp_path: Path) -> None:
    opened(home, None).close()
    save(home, None, tmp_path / COPY)
    other = Home(home / "restoring.new")
    other.hold("")
    with pytest.raises(Conflict, match="under way"):
        ready(home, None, tmp_path / COPY)
    other.release()
    ready(home, None, tmp_path / COPY)
    assert restore_waits(home)
