"""Opens an installation and runs its server until it is told to stop."""

import asyncio
import contextlib
import functools
import gc
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from diji import demo
from diji.app import House, build_app
from diji.foundation import (
    Conflict,
    Door,
    Home,
    HomeInUse,
    Settings,
    Warehouse,
    forget_replaced,
    migrate,
    restore_waits,
    start_logs,
    take_restore,
)

from .one_core import keep_to_one_core

_LOG = structlog.get_logger("diji.cli")

TENANT = "main"
BACKLOG = 2048  # browsers that knock while a restore is put in wait here


def installation(settings: Settings, *, in_demo: bool) -> tuple[Settings, str]:
    """The shop's own folder and tenant, or the demo's; whatever database the shop uses, the demo has SQLite."""
    if not in_demo:
        return settings, TENANT
    own = {"home": demo.folder_in(settings.home), "database_url": None, "run_worker": True}
    return settings.model_copy(update=own), demo.TENANT


@dataclass(frozen=True, slots=True)
class Opened:
    """An installation that this process owns; a server has its socket, and knows when it was asked to end."""

    warehouse: Warehouse
    door: Door
    settings: Settings
    tenant_id: str
    listening: socket.socket | None = None
    leaving: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def opened(settings: Settings, tenant_id: str) -> Iterator[Opened]:
    """For a command: own the folder and open it; says who has it when somebody does."""
    start_logs(level="WARNING", as_json=settings.log_json)
    with _held(settings) as door, _store(settings) as warehouse:
        yield Opened(warehouse, door, settings, tenant_id)


def keep_serving(settings: Settings, tenant_id: str, serve: Callable[[Opened], None]) -> None:
    """For a server: own folder and port, open and serve, and once more for each restore that then waits."""
    start_logs(level=settings.log_level, as_json=settings.log_json)
    with _noticing_sigterm() as leaving, _held(settings) as door, _listening(settings) as port:
        while True:
            with _store(settings) as warehouse:
                serve(Opened(warehouse, door, settings, tenant_id, port, leaving))
            if leaving.is_set() or not restore_waits(settings.home):
                return
            _LOG.info("store.opens_anew")


@contextlib.contextmanager
def _held(settings: Settings) -> Iterator[Door]:
    home = Home(settings.home)
    try:
        door = home.hold(f"http://{_reachable(settings.host)}:{settings.port}")
    except HomeInUse as used:
        where = used.door.address if used.door else "?"
        raise Conflict(
            f"{home.path} 正由另一个 diji 进程使用（{where}）",
            f"{home.path} belongs to a running diji at {where}",
        ) from None
    try:
        yield door
    finally:
        home.release()


@contextlib.contextmanager
def _store(settings: Settings) -> Iterator[Warehouse]:
    """A waiting restore put in, tables up to date, the writer at work."""
    take_restore(settings.home, settings.database_url)
    warehouse = Warehouse(settings.home, settings.database_url)
    try:
        migrate(warehouse.database)
        warehouse.open()
        forget_replaced(settings.home)
        _LOG.info("store.opened", database=warehouse.database.version(), home=str(settings.home))
        yield warehouse
    finally:
        warehouse.close()


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """One socket for as long as the process lives, so that who knocks while a restore is put in only waits."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server(
            (settings.host, settings.port), family=family, backlog=BACKLOG
        )
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise Conflict(
            f"不能监听 {where}（{error.strerror}），请用 DIJI_HOST、DIJI_PORT 换一个地址",
            f"cannot listen on {where} ({error.strerror}): choose another with DIJI_HOST, DIJI_PORT",
        ) from None
    with listening:
        yield listening


@contextlib.contextmanager
def _noticing_sigterm() -> Iterator[threading.Event]:
    """SIGTERM is a wish to end well. It is only noted: an exception out of nowhere may get lost in a library."""
    asked = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda _signal, _frame: asked.set())
    try:
        yield asked
    finally:
        signal.signal(signal.SIGTERM, before)


def _reachable(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def run_server(
    house: Opened,
    *,
    more: tuple[APIRouter, ...] = (),
    one_click: bool = False,
    join: Callable[[FastAPI], None] | None = None,
    beside: Callable[[FastAPI], Awaitable[None]] | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve until SIGTERM, Ctrl+C, or the wish to open anew.

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

    def reopen() -> None:
        server.should_exit = True

    app.state.reopen = reopen
    # A copy: the server closes what it was given.
    sockets = [house.listening.dup()] if house.listening else None
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_serve(server, sockets, house.leaving, along, ready))


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
    sockets: list[socket.socket] | None,
    leaving: threading.Event,
    beside: Callable[[], Awaitable[None]] | None,
    ready: Callable[[], None] | None,
) -> None:
    companions = [
        asyncio.create_task(_once_ready(server, leaving, beside, ready)),
        asyncio.create_task(keep_to_one_core()),
    ]
    try:
        await server.serve(sockets)
    finally:
        for companion in companions:
            companion.cancel()
        # Not suppressed one by one: Ctrl+C may cancel us just here, and must be heard.
        for ended in await asyncio.gather(*companions, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def _once_ready(
    server: uvicorn.Server,
    leaving: threading.Event,
    beside: Callable[[], Awaitable[None]] | None,
    ready: Callable[[], None] | None,
) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.02)
    if leaving.is_set():  # asked before the server listened to signals itself
        server.should_exit = True
        return
    if ready:
        ready()
    await server.config.app.state.warm  # type: ignore[union-attr]
    # What is loaded now stays: a full collection over it would hold every message up for a tenth of a second.
    gc.collect()
    gc.freeze()
    if beside:
        await beside()
