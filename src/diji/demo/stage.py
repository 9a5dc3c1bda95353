"""A running demo: its folder, its platform, its seeding and its buyers, beside the app that serves it."""

import asyncio
import ipaddress
import secrets
from pathlib import Path

import structlog
from fastapi import FastAPI

from diji import channels
from diji.foundation import Invalid, Store, Warehouse

from .buyers import Buyers, Pace
from .cast import SIMULATED, TENANT
from .home import DemoHome
from .platform import SimulatedPlatform
from .seeding import Seeding, open_company

_LOG = structlog.get_logger("diji.demo")


def check_host(host: str, *, public: bool) -> None:
    """One click signs anybody in: without a password only for who sits at this machine."""
    if not public and not is_loopback(host):
        raise Invalid(
            f"演示只在本机开放，不监听 {host}；要让别人也能访问，请加 --public（会打印一个口令）",
            f"The demo listens on this machine only, not on {host}; --public opens it with a password",
            host=host,
        )


def is_loopback(host: str) -> bool:
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Stage:
    """All that the demo adds to an app."""

    def __init__(
        self,
        warehouse: Warehouse,
        home: DemoHome,
        *,
        public: bool = False,
        pace: Pace | None = None,
    ) -> None:
        self.store: Store = warehouse.of(TENANT)
        self.password = secrets.token_hex(4) if public else None
        self._home = home
        self._pace = pace
        self._platform = SimulatedPlatform(home.path / "simulated.sent")
        # Before anything is said: replies to a channel that nobody knows are not sent.
        channels.register(SIMULATED, self._platform)
        self.seeding = Seeding(self.store, home)

    async def prepare(self) -> None:
        """What must be there before the first page is asked for."""
        await open_company(self.store)

    def join(self, app: FastAPI) -> None:
        """Let the demo's own routes find the stage."""
        app.state.demo = self

    async def play(self, app: FastAPI) -> None:
        """Seed behind the page, then keep the desk alive; ends when the app does."""
        feed = app.state.feed
        buyers = Buyers(
            self.store, self._home, self._platform, pace=self._pace,
            somebody_looks=lambda: feed.sizes()["desk"] > 0,
            types=lambda conversation, shop: feed.typing_to_desks(
                conversation_id=conversation, shop_id=shop, who="consumer"
            ),
        )  # fmt: skip
        seeding = asyncio.create_task(self._seed())
        try:
            await self.seeding.has_orders.wait()
            await buyers.run()
        finally:
            seeding.cancel()
            await asyncio.gather(seeding, return_exceptions=True)

    async def _seed(self) -> None:
        try:
            await self.seeding.run()
        except Exception:  # noqa: BLE001 - the page says so; what is there can be used
            self.seeding.progress.failed = True
            _LOG.exception("demo.seeding_failed")


def folder_in(home: Path) -> Path:
    """Where the demo of this DIJI_HOME lives; never where the shop's own data lies."""
    return home / "demo"
