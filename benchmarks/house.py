"""A home with visitors and knowledge, and a server on it in a process of its own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from diji import consumers, copilot, demo, knowledge, team
from diji.copilot import Mode
from diji.foundation import Database, Warehouse, migrate
from diji.team import Role

SHOP = "tmall"
SILENT_SHOP = "jd"  # its machine is off
TENANT = "main"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Tokens of visitors for each shop, and a lead's cookie."""

    home: Path
    visitors: list[str]
    silent_visitors: list[str]
    lead: str

    @property
    def cookie(self) -> str:
        """What the session's cookie is called."""
        return team.cookie_of(Database(None, self.home), TENANT)


def prepare(home: Path, *, visitors: int) -> Prepared:
    """Fill a fresh home; the server is not running yet."""
    home.mkdir(parents=True, exist_ok=True)
    warehouse = Warehouse(home)
    migrate(warehouse.database)
    warehouse.open()
    try:
        return asyncio.run(_fill(warehouse, home, visitors))
    finally:
        warehouse.close()


async def _fill(warehouse: Warehouse, home: Path, visitors: int) -> Prepared:
    store = warehouse.of(TENANT)
    await store.write(_company)
    for a in demo.articles():
        words = {f: _plain(getattr(a, f)) for f in _FIELDS}
        await store.write(knowledge.write_article, words, article_id=a.id, now=datetime.now(UTC))
    tokens = await store.write(_visitors, SHOP, visitors)
    silent = await store.write(_visitors, SILENT_SHOP, visitors)
    ticket = await store.write(team.sign_in, "lead", now=datetime.now(UTC))
    return Prepared(home, tokens, silent, ticket.token)


_FIELDS = (
    "kind", "title", "questions", "body", "reply", "intents", "products", "shops", "category",
    "facts", "valid_from", "valid_to",
)  # fmt: skip


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _company(session: Session) -> None:
    team.set_up(session, company="测量", now=datetime.now(UTC))
    for shop, platform in ((SHOP, "tmall"), (SILENT_SHOP, "jd")):
        team.add_shop(session, shop_id=shop, name=f"{platform} 店", platform=platform)
    team.add_member(
        session, member_id="lead", login="lead", name="老张", role=Role.LEAD, shops=None,
        password_hash=team.hash_password("measured with care", login="lead"),
    )  # fmt: skip
    copilot.change_strategy(
        session, {"mode": Mode.OFF.value}, shop_id=SILENT_SHOP, now=datetime.now(UTC)
    )


def _visitors(session: Session, shop_id: str, count: int) -> list[str]:
    now = datetime.now(UTC)
    return [consumers.welcome_visitor(session, shop_id=shop_id, now=now)[1] for _ in range(count)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`diji serve` (or `demo`) on a home, to be killed and started again."""

    def __init__(self, home: Path, port: int, command: str = "serve") -> None:
        self.port = port
        self._command = command
        self._environment = {
            **os.environ, "DIJI_HOME": str(home), "DIJI_PORT": str(port), "DIJI_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until it answered."""
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "diji", self._command],
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        while time.perf_counter() - begun < 30:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.02)
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        """As a power cut would: no time to say goodbye."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(timeout=20)

    def memory(self) -> float:
        """Resident megabytes."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def load() -> str:
    return f"machine load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
