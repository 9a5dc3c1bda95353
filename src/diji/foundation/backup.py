"""Copies of a whole installation, made while it works; `restore.py` brings them back."""

import contextlib
import gzip
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, MetaData, select

from .database import Database, sqlite_module
from .errors import Invalid
from .migrate import revision_of

FORM = 1
DATABASE, ROWS, ABOUT, FILES = "diji.sqlite3", "rows.jsonl.gz", "about.json", "files"
# What else lies in a home; the last two are the demo's.
SMALL = ("*.secret", "demo.json", "simulated.sent")
ROWS_AT_ONCE = 500


def back_up(home: Path, database_url: str | None, file: Path, *, tenant_id: str) -> int:
    """Write the tables of one moment, the pictures and the secrets into one file; says its size in bytes."""
    if not home.exists() or (database_url is None and not (home / DATABASE).exists()):
        raise Invalid(f"{home} 里没有数据", f"There is no data in {home}")
    fresh = file.with_name(file.name + ".new")
    try:
        with _private(fresh) as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=4) as to:
            _write(to, home, database_url, tenant_id)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise Invalid(f"写不了 {file}：{error}", f"Cannot write {file}: {error}") from None
    fresh.rename(file)
    return file.stat().st_size


def _private(path: Path) -> Any:
    """The secrets are inside: nobody but the owner may read it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write(to: tarfile.TarFile, home: Path, database_url: str | None, tenant_id: str) -> None:
    about = {"form": FORM, "made_at": datetime.now(UTC).isoformat(), "tenant": tenant_id}
    # How far something has come is copied before the tables, so that it never claims more than they hold;
    # pictures after them: one that arrives meanwhile is only one more than they mention.
    for path in small_files(home):
        to.add(path, path.name)
    with tempfile.TemporaryDirectory() as scratch:
        if database_url is None:
            about["database"] = "sqlite"
            to.add(_sqlite_copy(home, Path(scratch)), DATABASE)
        else:
            about["database"] = "rows"
            about["revision"] = _dump(database_url, home, Path(scratch) / ROWS)
            to.add(Path(scratch) / ROWS, ROWS)
    for path in sorted((home / FILES).rglob("*")):
        if path.is_file() and path.suffix != ".new":
            to.add(path, str(path.relative_to(home)))
    content = json.dumps(about).encode()
    entry = tarfile.TarInfo(ABOUT)
    entry.size = len(content)
    to.addfile(entry, io.BytesIO(content))


def small_files(folder: Path) -> list[Path]:
    """Secrets and marks beside the tables."""
    return sorted(path for pattern in SMALL for path in folder.glob(pattern))


def _sqlite_copy(home: Path, scratch: Path) -> Path:
    """SQLite's own online copy: one moment of the database, whoever writes meanwhile."""
    module = sqlite_module()
    copy = scratch / DATABASE
    source, target = module.connect(str(home / DATABASE)), module.connect(str(copy))
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def _dump(database_url: str, home: Path, path: Path) -> str:
    """All rows in one snapshot, as the database itself holds them; says which form the tables have."""
    with (
        contextlib.closing(Database(database_url, home)) as database,
        database.readers.connect() as connection,
        connection.begin(),
        gzip.open(path, "wb", compresslevel=4) as out,
    ):
        for line in _rows(connection):
            out.write(line)
        return revision_of(connection) or ""


def _rows(connection: Connection) -> Iterator[bytes]:
    tables = MetaData()
    tables.reflect(connection)
    reading = connection.execution_options(yield_per=ROWS_AT_ONCE)
    for table in tables.sorted_tables:
        if table.name != "alembic_version":
            for row in reading.execute(select(table)).mappings():
                entry = {"table": table.name, "row": dict(row)}
                # SQLAlchemy's names are a kind of str that orjson wants to be told of.
                yield orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS) + b"\n"
