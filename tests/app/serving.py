"""A real Diji on loopback: uvicorn on a free port in a thread, or `diji serve` as a process of its own.

Also for benchmarks and browser tests: `with serving(home) as diji: ...`.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
from fastapi import FastAPI
from sqlalchemy.orm import Session
from websockets.asyncio.client import ClientConnection, connect

from diji import consumers, team
from diji.app import House, build_app
from diji.cli.running import server_of
from diji.foundation import Settings, Store, Warehouse, migrate
from tests.make import PATIENCE, SHOP, found_company, password_hash

TENANT = "main"
STARTS_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Talk:
    """A websocket that speaks JSON."""

    socket: ClientConnection
    heard: deque[dict[str, Any]] = field(default_factory=deque)

    async def says(self, **words: Any) -> None:
        await self.socket.send(json.dumps(words))

    async def hears(self, wanted: Callable[[dict[str, Any]], bool] | None = None) -> dict[str, Any]:
        """The next frame, or the next that is wanted."""
        while True:
            if not self.heard:
                async with asyncio.timeout(PATIENCE):
                    said = await self.socket.recv(decode=False)
                self.heard.extend(orjson.loads(line) for line in said.split(b"\n"))
            frame = self.heard.popleft()
            if wanted is None or wanted(frame):
                return frame

    async def is_closed_with(self) -> int | None:
        """The code with which the server ends the talk."""
        async with asyncio.timeout(PATIENCE):
            await self.socket.wait_closed()
        return self.socket.close_code

    async def hears_event(self, name: str) -> dict[str, Any]:
        frame = await self.hears(lambda f: f.get("name") == name)
        return dict(frame["event"])


@dataclass(frozen=True, slots=True)
class Ticket:
    """A member's browser: what its cookie jar and its page hold."""

    cookie: str
    csrf: str
    name: str  # of the cookie

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"{self.name}={self.cookie}", "X-CSRF-Token": self.csrf}


@dataclass(frozen=True, slots=True)
class Served:
    """A Diji that listens. `store` and `app` are there when it runs in this process."""

    url: str
    app: FastAPI
    store: Store

    @property
    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=30)

    async def member(self, login: str) -> Ticket:
        made = await self.store.write(team.sign_in, login, now=datetime.now(UTC))
        name = team.cookie_of(self.app.state.warehouse.database, TENANT)
        return Ticket(made.token, made.csrf, name)

    async def visitor(self, shop_id: str = SHOP, name: str = "小王") -> tuple[str, str]:
        """(consumer id, token) of somebody who opened the widget."""
        return await self.store.write(
            consumers.welcome_visitor, shop_id=shop_id, name=name, now=datetime.now(UTC)
        )

    @contextlib.asynccontextmanager
    async def desk(self, ticket: Ticket, after: int | None = None) -> AsyncIterator[Talk]:
        """A member's live feed; `after` None starts where the ledger ends, once it is live."""
        async with self.socket("/api/feed", ticket.headers) as talk:
            await talk.says(after=after)
            if after is None:  # what is not live yet hears nothing
                await talk.hears(lambda f: f["type"] == "hello")
            yield talk

    @contextlib.asynccontextmanager
    async def widget(self, token: str, after: int = 0) -> AsyncIterator[Talk]:
        async with self.socket("/api/widget/socket") as talk:
            await talk.says(token=token, after=after)
            yield talk

    @contextlib.asynccontextmanager
    async def socket(
        self, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> AsyncIterator[Talk]:
        url = self.url.replace("http", "ws", 1) + path
        more = {"proxy": None, "close_timeout": 0.5, **more}
        async with connect(url, additional_headers=headers, **more) as socket:
            yield Talk(socket)


@contextlib.contextmanager
def serving(
    home: Path,
    *,
    database_url: str | None = None,
    run_worker: bool = True,
    found: Callable[[Session, str], None] | None = found_company,
) -> Iterator[Served]:
    """Serve the folder in a thread of this process; a fresh one gets the cast of `tests/make.py`."""
    home.mkdir(parents=True, exist_ok=True)
    warehouse = Warehouse(home, database_url)
    migrate(warehouse.database)
    warehouse.open()
    store = warehouse.of(TENANT)
    if found and not warehouse.look(store.binding, team.is_set_up):
        _write(warehouse, store, found)
    app = build_app(House(warehouse, TENANT, "the-door-token", run_worker=run_worker))
    server = server_of(app, Settings.model_validate({"home": home, "port": 1}))
    server.config.port = 0  # any free one
    thread = threading.Thread(target=server.run, name="diji-serving", daemon=True)
    thread.start()
    try:
        port = _wait_for(lambda: server.started and server.servers[0].sockets[0].getsockname()[1])
        yield Served(f"http://127.0.0.1:{port}", app, store)
    finally:
        server.should_exit = True
        thread.join(timeout=STARTS_WITHIN)
        warehouse.close()


def _write(warehouse: Warehouse, store: Store, found: Callable[[Session, str], None]) -> None:
    from diji.foundation.writer import Waiting  # no loop runs yet that could await the store

    warehouse.writer.submit(Waiting(store.binding, found, (password_hash(),), {})).result()


@contextlib.contextmanager
def serving_apart(home: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`diji serve` as a process of its own, to be killed; yields its address and the process."""
    environment = os.environ | {
        "DIJI_HOME": str(home),
        "DIJI_PORT": str(port),
        "DIJI_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "-m", "diji", "serve"], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(lambda: process.poll() is not None or _answers(url))
        yield url, process
    finally:
        process.terminate()
        process.wait(timeout=STARTS_WITHIN)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _wait_for(holds: Callable[[], Any]) -> Any:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        value = holds()
        if value:
            return value
        time.sleep(0.02)
    message = f"not so after {STARTS_WITHIN} s"
    raise AssertionError(message)
