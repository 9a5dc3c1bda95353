"""Opens an installation and runs its server until it is told to stop."""

import asyncio
import contextlib
import functools
import gc
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from diji.app import House, build_app
from diji.foundation import (
    Conflict,
    Door,
    Home,
    HomeInUse,
    Settings,
    Warehouse,
    migrate,
    start_logs,
)

_LOG = structlog.get_logger("diji.cli")

TENANT = "main"


@dataclass(frozen=True, slots=True)
class Opened:
    """An installation that this process owns."""

    warehouse: Warehouse
    door: Door
    settings: Settings
    tenant_id: str


@contextlib.contextmanager
def opened(
    settings: Settings, *, home: Path | None = None, tenant_id: str = TENANT, quiet: bool = False
) -> Iterator[Opened]:
    """Own the folder, bring its tables up to date, and open it; says who has it when somebody does."""
    start_logs(level="WARNING" if quiet else settings.log_level, as_json=settings.log_json)
    folder = Home(home or settings.home)
    try:
        door = folder.hold(f"http://{_reachable(settings.host)}:{settings.port}")
    except HomeInUse as used:
        where = used.door.address if used.door else "?"
        raise Conflict(
            f"{folder.path} 正由另一个 diji 进程使用（{where}）",
            f"{folder.path} belongs to a running diji at {where}",
        ) from None
    warehouse = Warehouse(folder.path, settings.database_url)
    try:
        migrate(warehouse.database)
        warehouse.open()
        _LOG.info("store.opened", database=warehouse.database.version(), home=str(folder.path))
        yield Opened(warehouse, door, settings, tenant_id)
    finally:
        warehouse.close()
        folder.release()


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound


def run_server(
    house: Opened,
    *,
    more: tuple[APIRouter, ...] = (),
    one_click: bool = False,
    join: Callable[[FastAPI], None] | None = None,
    beside: Callable[[FastAPI], Awaitable[None]] | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve until SIGTERM or Ctrl+C.

    `join` gets the app first, `beside` runs along, `ready` is called once the port answers.
    """
    app = build_app(
        House(
            house.warehouse,
            house.tenant_id,
            house.door.token,
            run_worker=house.settings.run_worker,
            one_click=one_click,
        ),
        more=more,
    )
    if join:
        join(app)
    along = functools.partial(beside, app) if beside else None
    server = server_of(app, house.settings)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_serve(server, along, ready))


def server_of(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """The one way in which Diji is served; tests and benchmarks use it too."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        ws="websockets-sansio",
        log_config=None,
        access_log=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=5,
        ws_max_size=64_000,
        ws_per_message_deflate=False,
        server_header=False,
    )
    return uvicorn.Server(config)


async def _serve(
    server: uvicorn.Server,
    beside: Callable[[], Awaitable[None]] | None,
    ready: Callable[[], None] | None,
) -> None:
    companion = asyncio.create_task(_once_ready(server, beside, ready))
    try:
        await server.serve()
    finally:
        companion.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await companion


async def _once_ready(
    server: uvicorn.Server,
    beside: Callable[[], Awaitable[None]] | None,
    ready: Callable[[], None] | None,
) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.02)
    if ready:
        ready()
    await server.config.app.state.warm  # type: ignore[union-attr]
    # What is loaded now stays: a full collection over it would hold every message up for a tenth of a second.
    gc.collect()
    gc.freeze()
    if beside:
        await beside()
