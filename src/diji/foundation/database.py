"""Connections: one that writes, several that only read, to SQLite or PostgreSQL alike."""

import logging
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

_LOG = logging.getLogger(__name__)

READERS = 4

_AWAY = ("disk is full", "disk i/o error", "unable to open", "database is locked")
_FROZEN = ("readonly database", "read-only transaction")


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: 3.7.0 to 3.51.2, Debian's among them, can corrupt a WAL on reset."""
    try:
        import pysqlite3.dbapi2 as newest
    except ImportError:
        return sqlite3
    return newest if newest.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def is_storage_trouble(error: Exception, *, writing: bool) -> bool:
    """Whether the database itself is in trouble: full, frozen or away, and nobody's words are to blame."""
    if not isinstance(error, DBAPIError):
        return False
    words = str(error.orig).lower()
    return (
        error.connection_invalidated
        or isinstance(error.orig, psycopg.OperationalError)
        or any(sign in words for sign in (*_AWAY, *(_FROZEN if writing else ())))
    )


class Database:
    """The two engines of one installation. `writer` is used by one thread alone."""

    def __init__(self, url: str | None, home: Path) -> None:
        self.is_sqlite = url is None
        self.path = home / "diji.sqlite3"
        if url is None:
            self.writer = _sqlite(self.path, writes=True)
            self.readers = _sqlite(self.path, writes=False)
        else:
            self.writer = _postgres(url, writes=True)
            self.readers = _postgres(url, writes=False)

    def version(self) -> str:
        if self.is_sqlite:
            return f"SQLite {sqlite_module().sqlite_version}"
        with self.readers.connect() as connection:
            return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"

    def close(self) -> None:
        self.readers.dispose()
        self.writer.dispose()


def _sqlite(path: Path, *, writes: bool) -> Engine:
    module = sqlite_module()

    def connect() -> Any:
        connection = module.connect(str(path), check_same_thread=False, isolation_level=None)
        pragmas = [
            "foreign_keys=OFF",
            "busy_timeout=10000",
            "temp_store=MEMORY",
            "cache_size=-16000",
        ]
        # FULL: an answered write survives a power cut. Only the writer checkpoints.
        pragmas += (
            ["journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=1000"]
            if writes
            else ["query_only=ON"]
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        module=module,
        creator=connect,
        hide_parameters=True,  # an error in the log must not quote a consumer
        **({"poolclass": StaticPool} if writes else {"poolclass": QueuePool, "pool_size": READERS}),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # pysqlite begins nothing for SELECTs
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: str, *, writes: bool) -> Engine:
    return create_engine(
        url.replace("postgres://", "postgresql://", 1).replace(
            "postgresql://", "postgresql+psycopg://", 1
        ),
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        **({} if writes else {"execution_options": {"postgresql_readonly": True}}),
    )
