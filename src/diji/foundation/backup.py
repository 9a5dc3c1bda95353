"""Copies of a whole installation, made while it works, and brought back."""

import contextlib
import gzip
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Table, insert, select, text

from .database import Database, sqlite_module
from .errors import Conflict, Invalid
from .home import Home, HomeInUse, door_of
from .migrate import load_all_models, migrate
from .tables import Base, Instant

ROWS_AT_ONCE = 500
FORM = 1


def back_up(home: Path, database_url: str | None, file: Path) -> int:
    """Write the tables of one moment, the pictures and the secrets into one file; says its size in bytes."""
    if not home.exists():
        raise Invalid(f"{home} 不存在", f"{home} does not exist")
    fresh = file.with_name(file.name + ".new")
    with (
        tempfile.TemporaryDirectory() as scratch,
        # The secrets are inside: nobody but the owner may read it.
        os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
        tarfile.open(fileobj=out, mode="w:gz", compresslevel=4) as archive,
    ):
        about = {"form": FORM, "made_at": datetime.now(UTC).isoformat(), "database": "sqlite"}
        if database_url is None:
            archive.add(_sqlite_copy(home, Path(scratch)), "diji.sqlite3")
        else:
            about["database"] = "rows"
            with contextlib.closing(Database(database_url, home)) as database:
                archive.add(_rows_of(database, Path(scratch)), "rows.jsonl.gz")
        # The tables first: a picture that arrives meanwhile is only one more than they mention.
        for path in sorted((home / "files").rglob("*")):
            if path.is_file() and path.suffix != ".new":
                archive.add(path, str(path.relative_to(home)))
        for path in sorted(home.glob("*.secret")):
            archive.add(path, path.name)
        _add_text(archive, "about.json", json.dumps(about))
    fresh.rename(file)
    return file.stat().st_size


def _add_text(archive: tarfile.TarFile, name: str, content: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content.encode())
    archive.addfile(entry, io.BytesIO(content.encode()))


def _sqlite_copy(home: Path, scratch: Path) -> Path:
    """SQLite's own online copy: one moment of the database, whoever writes meanwhile."""
    module = sqlite_module()
    copy = scratch / "diji.sqlite3"
    source, target = module.connect(str(home / "diji.sqlite3")), module.connect(str(copy))
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def _rows_of(database: Database, scratch: Path) -> Path:
    load_all_models()
    path = scratch / "rows.jsonl.gz"
    with database.readers.connect() as connection, connection.begin(), gzip.open(path, "wb") as out:
        for table in Base.metadata.sorted_tables:
            for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)):
                values = {k: _plain(v) for k, v in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's public name for it
                out.write(orjson.dumps({"table": table.name, "row": values}) + b"\n")
    return path


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def restore_from(home: Path, database_url: str | None, file: Path, *, replace: bool) -> None:
    """Bring a backup back. A running Diji must be stopped first: its memory is of other data."""
    if (door := door_of(home)) is not None:
        raise Conflict(
            f"diji 正在运行（{door.address}），请先停止再恢复",
            f"diji runs at {door.address}; stop it before restoring",
        )
    with _unpacked(file) as folder, _owned(home):
        about = json.loads((folder / "about.json").read_text())
        if about.get("form") != FORM or (about["database"] == "sqlite") != (database_url is None):
            raise Invalid("备份与当前数据库类型不符", "The backup is of another kind of database")
        if database_url is None:
            _put_sqlite(home, folder, replace=replace)
        else:
            with contextlib.closing(Database(database_url, home)) as database:
                _put_rows(database, folder / "rows.jsonl.gz", replace=replace)
        shutil.copytree(folder / "files", home / "files", dirs_exist_ok=True) if (
            folder / "files"
        ).exists() else None
        for secret in folder.glob("*.secret"):
            shutil.copy2(secret, home / secret.name)


@contextmanager
def _owned(home: Path) -> Iterator[None]:
    owner = Home(home)
    try:
        owner.hold("restoring")
    except HomeInUse:
        raise Conflict("数据目录正被使用", "The folder is in use") from None
    try:
        yield
    finally:
        owner.release()


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with tarfile.open(file, "r:gz") as archive:
                archive.extractall(scratch, filter="data")
            yield_folder = Path(scratch)
            (yield_folder / "about.json").read_text()
        except (OSError, tarfile.TarError, EOFError):
            raise Invalid(f"{file} 不是 diji 的备份", f"{file} is no backup of diji") from None
        yield yield_folder


def _put_sqlite(home: Path, folder: Path, *, replace: bool) -> None:
    target = home / "diji.sqlite3"
    if target.exists() and not replace:
        raise Conflict(
            "已有数据；确认要替换请加 --replace",
            "There is data already; add --replace to replace it",
        )
    fresh = home / "diji.sqlite3.new"
    shutil.copy2(folder / "diji.sqlite3", fresh)
    for old in (home / "diji.sqlite3-wal", home / "diji.sqlite3-shm"):
        old.unlink(missing_ok=True)
    fresh.rename(target)


def _put_rows(database: Database, path: Path, *, replace: bool) -> None:
    migrate(database)
    with database.writer.connect() as connection, connection.begin():
        tables = {table.name: table for table in Base.metadata.sorted_tables}
        if not replace and connection.execute(text("SELECT 1 FROM ledger LIMIT 1")).first():
            raise Conflict(
                "已有数据；确认要替换请加 --replace",
                "There is data already; add --replace to replace it",
            )
        for table in tables.values():
            connection.execute(table.delete())
        with gzip.open(path, "rb") as lines:
            for line in lines:
                entry = orjson.loads(line)
                table = tables[entry["table"]]
                connection.execute(insert(table), _typed(table, entry["row"]))


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Times come back as times."""
    times = {c.name for c in table.columns if isinstance(c.type, Instant)}
    return {k: datetime.fromisoformat(v) if k in times and v else v for k, v in row.items()}
