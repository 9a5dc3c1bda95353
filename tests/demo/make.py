"""What the demo's tests need: a home of its own with tables, and an app with the demo's routes."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy.orm import Session

from diji import consumers, demo
from diji.app import House, build_app
from diji.demo import DemoHome, Pace, Stage
from diji.demo.cast import consumer_rows
from diji.foundation import Base, Warehouse, own

BORN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HASTE = Pace(
    first=(0, 0.01), between=(0.05, 0.1), typing=(0.01, 0.02), patience=(0.05, 0.1), look=0.01,
    sweep=0.1, quiet_answered=0.3, quiet_unanswered=0.6,
)  # fmt: skip


@contextmanager
def folder(migrated: Path, path: Path) -> Iterator[tuple[Warehouse, DemoHome]]:
    """An open demo folder whose tables are there."""
    home = demo.open_home(path, now=BORN)
    if not (path / "diji.sqlite3").exists():
        shutil.copy(migrated / "diji.sqlite3", path / "diji.sqlite3")
    warehouse = Warehouse(path)
    warehouse.open()
    try:
        yield warehouse, home
    finally:
        warehouse.close()


def seed(warehouse: Warehouse, home: DemoHome) -> Stage:
    """Seed everything, as behind the page."""
    stage = Stage(warehouse, home)

    async def whole() -> None:
        await stage.prepare()
        await stage.seeding.run()

    asyncio.run(whole())
    return stage


def look(warehouse: Warehouse, query: Any, *args: Any, **kwargs: Any) -> Any:
    return warehouse.look(warehouse.of(demo.TENANT).binding, query, args, kwargs)


def rows(session: Session, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What a table of the demo holds, in a settled order."""
    found = Base.metadata.tables[table]
    wanted = [found.c[name] for name in columns] or [c for c in found.c if c.name != "tenant_id"]
    asked = own_rows(session, found, wanted)
    return sorted((tuple(row) for row in asked), key=repr)


def own_rows(session: Session, table: Any, columns: list[Any]) -> Any:
    entity = next(m.class_ for m in Base.registry.mappers if m.local_table is table)
    return session.execute(own(session, *(getattr(entity, c.name) for c in columns)))


@dataclass
class Playing:
    """A demo that plays: its app, its stage, its browser."""

    app: FastAPI
    stage: Stage
    http: httpx.AsyncClient


@asynccontextmanager
async def playing(
    warehouse: Warehouse, home: DemoHome, *, public: bool = False, address: str = "127.0.0.1"
) -> AsyncIterator[Playing]:
    """The demo's app without its seeding: company, people and consumers are there."""
    stage = Stage(warehouse, home, public=public, pace=HASTE)
    await stage.prepare()
    await stage.store.write(_keep_consumers)
    house = House(warehouse, demo.TENANT, "the-door-token", one_click=True)
    app = build_app(house, more=(demo.router,))
    stage.join(app)
    transport = httpx.ASGITransport(app, client=(address, 50000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://diji.test") as http,
    ):
        yield Playing(app, stage, http)


def _keep_consumers(session: Session) -> None:
    consumers.keep_consumers(session, *consumer_rows(BORN))


__all__ = ["BORN", "HASTE", "Playing", "folder", "look", "playing", "rows", "seed"]
