"""`diji` as somebody at a terminal meets it: commands, and a server in a process of its own."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from diji import consumers, team
from diji.foundation import Warehouse, migrate
from tests.make import SHOP, found_company, password_hash

TENANT = "main"
STARTS_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


def environment(home: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIJI_")}
    return {**kept, "DIJI_HOME": str(home), "DIJI_PORT": str(port)}


def run(home: Path, *args: str | Path, port: int = 1, **more: str) -> Said:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "diji", *map(str, args)]
    env = environment(home, port) | more
    done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Serving:
    """A `diji serve` or `diji demo` that answers."""

    url: str
    port: int
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=20)

    def logged(self) -> str:
        return self.log.read_text()


@contextlib.contextmanager
def serving(home: Path, *args: str, **more: str) -> Iterator[Serving]:
    port = free_port()
    log = home.with_name(f"{home.name}.log")
    with log.open("wb") as out:
        command = [sys.executable, "-m", "diji", *(args or ("serve",))]
        env = environment(home, port) | more
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not answers(url):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        yield Serving(url, port, home, log, process)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=2).status_code == 200
    except httpx.TransportError:
        return False


@contextlib.contextmanager
def opened(home: Path) -> Iterator[Warehouse]:
    """The folder, opened by this process while no other has it."""
    home.mkdir(parents=True, exist_ok=True)
    warehouse = Warehouse(home)
    migrate(warehouse.database)
    warehouse.open()
    try:
        yield warehouse
    finally:
        warehouse.close()


def furnish(home: Path, *, visitors: int = 0) -> tuple[list[str], str]:
    """A shop with its cast; tokens of consumers with open widgets, and 小李's cookie."""

    async def fill(warehouse: Warehouse) -> tuple[list[str], str]:
        store, now = warehouse.of(TENANT), datetime.now(UTC)
        await store.write(found_company, password_hash())
        came: list[Any] = [
            await store.write(consumers.welcome_visitor, shop_id=SHOP, name=f"{i}号", now=now)
            for i in range(visitors)
        ]
        ticket = await store.write(team.sign_in, "xiaoli", now=now)
        return [token for _, token in came], ticket.token

    with opened(home) as warehouse:
        return asyncio.run(fill(warehouse))
