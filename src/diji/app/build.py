"""Puts the rooms' HTTP faces, the live feed and the screen together."""

import asyncio
import contextlib
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI

import diji
from diji import knowledge, understanding
from diji.foundation import BodyLimit, Unavailable, Warehouse, answer_problems
from diji.worker import Worker

from .feed import Feed
from .health import WatchRequests
from .health import router as health_router
from .owner import router as owner_router
from .screen import SafeHeaders, show_screen
from .sockets import router as sockets_router
from .understand import router as understand_router

UPLOADS = re.compile(r"^/api/(reviews/imports|widget/files|conversations/[^/]+/files)$")


@dataclass(slots=True)
class House:
    """What a running Diji is made of."""

    warehouse: Warehouse
    tenant_id: str
    door_token: str
    run_worker: bool = True
    one_click: bool = False


BUSIEST = "conversations"  # every route before the one asked for is tried first


def routers() -> list[APIRouter]:
    """The HTTP face of every room that has one, the busiest first."""
    found = []
    for room in sorted(pkgutil.iter_modules(diji.__path__), key=lambda r: r.name != BUSIEST):
        name = f"diji.{room.name}.api"
        if room.ispkg and room.name != "demo" and importlib.util.find_spec(name):
            found.append(importlib.import_module(name).router)
    return found


async def _warm_up(house: House) -> None:
    """Models and the knowledge index, before a consumer has to wait for them."""
    await asyncio.to_thread(understanding.warm_up)
    with contextlib.suppress(Unavailable):  # then the first search builds it
        await house.warehouse.of(house.tenant_id).read(knowledge.warm_up)


def build_app(house: House, *, more: tuple[APIRouter, ...] = ()) -> FastAPI:
    """The whole of Diji as one ASGI app; `more` is for the demo's own routes."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        # The door opens while the models load; a first message waits for them where it needs them.
        warm = asyncio.create_task(_warm_up(house))
        app.state.warm = warm
        feed = Feed(house.warehouse, house.tenant_id)
        await feed.start()
        app.state.feed = feed
        worker = Worker(house.warehouse, house.tenant_id) if house.run_worker else None
        app.state.worker = worker
        if worker:
            await worker.start()
        try:
            yield
        finally:
            await warm
            if worker:
                await worker.stop()
            await feed.stop()

    app = FastAPI(
        title="Diji 地基", lifespan=living, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.warehouse = house.warehouse
    app.state.tenant_id = house.tenant_id
    app.state.door_token = house.door_token
    app.state.one_click = house.one_click
    answer_problems(app)
    for router in (
        *routers(), *more, understand_router, sockets_router, owner_router, health_router,
    ):  # fmt: skip
        app.include_router(router)
    show_screen(app)
    app.add_middleware(WatchRequests)
    app.add_middleware(BodyLimit, uploads=UPLOADS)
    app.add_middleware(SafeHeaders)
    return app
