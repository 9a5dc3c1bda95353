"""Brings a backup back: made ready and proven beside the data, then put in their place when the folder is opened.

A folder goes through these states; each step is a rename, and whoever opens the folder next finishes what a
crash cut off: `restoring.new` (being unpacked) → `restore.pending` (proven, waits) → `restore.taking` (the old
data lie in `before-restore-…`, the new ones move in) → nothing left, once the new data have opened well.
"""

import contextlib
import gzip
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.types import JSON

from .backup import ABOUT, DATABASE, FILES, FORM, ROWS, ROWS_AT_ONCE, small_files
from .database import Database
from .errors import Conflict, Invalid
from .home import Home, HomeInUse, door_of
from .ledger import leap
from .migrate import knows_revision, migrate, revision_of, upgrade

_LOG = structlog.get_logger("diji.restore")

UNPACKING, READY, TAKING, FAILED = (
    "restoring.new", "restore.pending", "restore.taking", "restore.failed",
)  # fmt: skip
BEFORE = "before-restore-"


def prepare_restore(
    home: Path, database_url: str | None, file: Path, *, tenant_id: str, replace: bool
) -> None:
    """Unpack a backup beside the data and prove it; `take_restore` puts it in their place. Changes nothing yet."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if home.stat().st_uid != os.geteuid():
        raise Invalid(f"{home} 属于另一个用户", f"{home} belongs to another user: run as that one")
    if not replace and _has_data(home, database_url):
        raise Conflict(
            "已有数据；确认要替换请加 --replace",
            "There is data already; add --replace to replace it",
        )
    with _workplace(home) as folder:
        _unpack(file, folder)
        _prove(folder, file, database_url, tenant_id)
        if (home / READY).exists():
            if door_of(home) is not None:
                raise Conflict("另一次恢复正在进行", "Another restore is under way")
            shutil.rmtree(home / READY)
        shutil.rmtree(home / FAILED, ignore_errors=True)
        os.sync()  # what is renamed must be whole, also after a power cut
        folder.rename(home / READY)


@contextlib.contextmanager
def _workplace(home: Path) -> Iterator[Path]:
    """A folder for one command alone; what a dead one left there is swept away."""
    folder = home / UNPACKING
    keeper = Home(folder)
    try:
        keeper.hold("")
    except HomeInUse:
        raise Conflict("另一次恢复正在进行", "Another restore is under way") from None
    try:
        for left in folder.iterdir():
            if left.name != "lock":
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield folder
    finally:
        keeper.release()
        shutil.rmtree(folder, ignore_errors=True)


def _has_data(home: Path, database_url: str | None) -> bool:
    if database_url is None and not (home / DATABASE).exists():
        return False
    with (
        contextlib.closing(Database(database_url, home)) as database,
        database.readers.connect() as connection,
    ):
        try:
            found = inspect(connection).has_table("ledger")
            return (
                found
                and connection.execute(text("SELECT 1 FROM ledger LIMIT 1")).first() is not None
            )
        except DatabaseError:  # broken, but somebody's
            return True


def _unpack(file: Path, folder: Path) -> None:
    if not file.exists():
        raise Invalid(f"没有文件 {file}", f"There is no file {file}")
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        json.loads((folder / ABOUT).read_text())
    except (OSError, ValueError, tarfile.TarError, EOFError):
        raise Invalid(
            f"{file} 不是 diji 的备份，或不完整", f"{file} is no backup of diji, or not whole"
        ) from None


def _prove(folder: Path, file: Path, database_url: str | None, tenant_id: str) -> None:
    """Whether it fits here, is whole, and opens with this version of Diji."""
    about = _about(folder)
    if about.get("form") != FORM or about.get("tenant") != tenant_id:
        raise Invalid(
            f"{file} 是另一种安装的备份（演示店铺的要加 --demo）",
            f"{file} is the backup of another kind of installation (the demo's needs --demo)",
        )
    if about.get("database") != ("sqlite" if database_url is None else "rows"):
        raise Invalid(
            "备份与当前数据库类型不符（SQLite 或 PostgreSQL）",
            "The backup is of the other kind of database (SQLite or PostgreSQL)",
        )
    try:
        if database_url is None:
            _prove_sqlite(folder)
        else:
            _prove_rows(folder, about)
    except (DatabaseError, OSError, EOFError, ValueError, KeyError, TypeError):
        raise Invalid(f"{file} 已损坏", f"{file} is damaged") from None


def _prove_sqlite(folder: Path) -> None:
    """Checked and brought to the newest form here, so that the opening later finds nothing left to do."""
    if not (folder / DATABASE).is_file():
        raise KeyError(DATABASE)
    with contextlib.closing(Database(None, folder)) as database:
        with database.readers.connect() as connection:
            if connection.execute(text("PRAGMA quick_check")).scalar_one() != "ok":
                raise ValueError(DATABASE)
            _known(revision_of(connection))
        migrate(database)
        with database.writer.connect() as connection, connection.begin():
            leap(connection, made_at=_made_at(folder))


def _prove_rows(folder: Path, about: dict[str, Any]) -> None:
    _known(about["revision"])
    with gzip.open(folder / ROWS, "rb") as lines:
        for line in lines:
            orjson.loads(line)["row"].keys()


def _known(revision: str | None) -> None:
    if revision is None or not knows_revision(revision):
        raise Invalid(
            "备份来自更新版本的 diji，请先升级", "A newer diji made this backup: update first"
        )


def _about(folder: Path) -> dict[str, Any]:
    about = json.loads((folder / ABOUT).read_text())
    return about if isinstance(about, dict) else {}


def _made_at(folder: Path) -> datetime:
    return datetime.fromisoformat(_about(folder)["made_at"])


def restore_waits(home: Path) -> bool:
    """Whether a restore lies ready, or was cut off half-way."""
    return (home / READY).exists() or (home / TAKING).exists()


def restore_failed(home: Path) -> bool:
    """Whether the last restore could not be put in; the data are as they were."""
    return (home / FAILED).exists()


def withdraw_restore(home: Path) -> None:
    """Leave everything as it is."""
    shutil.rmtree(home / READY, ignore_errors=True)


def take_restore(home: Path, database_url: str | None) -> None:
    """Put what lies ready in the place of what is there. Only for who holds the folder, before the store opens."""
    if (home / TAKING).exists():
        _move_in(home)
    ready = home / READY
    if not ready.exists():
        return
    if database_url is not None:
        try:
            _put_rows(database_url, home, ready)
        except Exception:  # noqa: BLE001 - nothing has changed, and the shop must go on
            _LOG.exception("restore.failed")
            ready.rename(home / FAILED)
            return
    old = home / f"{BEFORE}{datetime.now(UTC):%Y%m%d-%H%M%S}"
    old.mkdir(mode=0o700, exist_ok=True)
    for part in _parts(home, database=database_url is None):
        part.rename(old / part.name)
    ready.rename(home / TAKING)
    _move_in(home)


def _move_in(home: Path) -> None:
    taking = home / TAKING
    for part in _parts(taking, database=True):
        part.rename(home / part.name)
    os.sync()
    shutil.rmtree(taking)
    _LOG.info("restore.taken", home=str(home))


def _parts(folder: Path, *, database: bool) -> list[Path]:
    """What belongs to an installation: its tables with their journal, its pictures, its secrets."""
    tables = sorted(folder.glob(f"{DATABASE}*")) if database else []
    return [*tables, *folder.glob(FILES), *small_files(folder)]


def forget_replaced(home: Path) -> None:
    """The restored data opened well: what they replaced may go."""
    for old in home.glob(f"{BEFORE}*"):
        shutil.rmtree(old)


def _put_rows(database_url: str, home: Path, folder: Path) -> None:
    """Old tables out, those of the backup in, and up to today's form: all in one transaction."""
    with (
        contextlib.closing(Database(database_url, home)) as database,
        database.writer.connect() as connection,
        connection.begin(),
    ):
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('diji', 0))"))
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        upgrade(connection, _about(folder)["revision"])
        _insert(connection, folder / ROWS)
        upgrade(connection)
        leap(connection, made_at=_made_at(folder))


def _insert(connection: Connection, path: Path) -> None:
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    waiting: list[dict[str, Any]] = []
    into: Table | None = None
    with gzip.open(path, "rb") as lines:
        for line in lines:
            entry = orjson.loads(line)
            table = tables.tables[entry["table"]]
            if into is not None and (table is not into or len(waiting) >= ROWS_AT_ONCE):
                connection.execute(into.insert(), waiting)
                waiting = []
            into = table
            waiting.append(entry["row"])
    if into is not None:
        connection.execute(into.insert(), waiting)
