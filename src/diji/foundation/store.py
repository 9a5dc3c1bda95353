"""The store: queries on a read-only snapshot, actions through the one writer, both bound to a tenant."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from .database import READERS, Database, is_storage_trouble
from .errors import unavailable
from .jobs import forget_dead_leases
from .tables import Actor, Binding
from .writer import Listener, Waiting, Writer

P = ParamSpec("P")
R = TypeVar("R")

_LOG = structlog.get_logger("diji.store")

SYSTEM = Actor(kind="system", id="system")
HISTORY = Actor(kind="history", id="history")  # brings the past along; no news to anybody


class Store:
    """The tables of one tenant, for one actor. Cheap: make one for each request."""

    def __init__(self, house: "Warehouse", binding: Binding) -> None:
        self._house = house
        self.binding = binding

    @property
    def tenant_id(self) -> str:
        return self.binding.tenant_id

    @property
    def actor(self) -> Actor:
        return self.binding.actor

    @property
    def files(self) -> Path:
        """The folder of this installation that holds what is too large for a row."""
        return self._house.home / "files"

    @property
    def memory(self) -> dict[str, Any]:
        """What rooms keep in mind while this installation is open; restored data begin with none."""
        return self._house.memory

    def of(self, actor: Actor) -> "Store":
        """The same tenant, for somebody else."""
        return Store(self._house, Binding(self.tenant_id, actor))

    async def read(
        self, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query in one snapshot, on a connection that cannot write."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._house.threads, lambda: self._house.look(self.binding, query, args, kwargs)
        )

    async def write(
        self, action: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run an action; the answer comes after it is durable. It may run more than once before it counts."""
        waiting = Waiting(self.binding, action, args, kwargs)
        # Shielded: whoever stops waiting does not undo what was asked.
        answer = asyncio.wrap_future(self._house.writer.submit(waiting))
        return await asyncio.shield(answer)


class Warehouse:
    """Everything stored in one installation, for all its tenants."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        self.home = home
        self.database = Database(database_url, home)
        self.writer = Writer(self.database)
        self.memory: dict[str, Any] = {}
        self.threads = ThreadPoolExecutor(READERS, thread_name_prefix="diji-reader")

    def open(self) -> None:
        (self.home / "files").mkdir(parents=True, exist_ok=True)
        if self.database.is_sqlite:
            # One process owns the folder, and it is this one: whoever held a lease here is dead.
            with self.database.writer.connect() as connection, connection.begin():
                forget_dead_leases(connection)
        self.writer.start()

    def close(self) -> None:
        self.writer.stop()
        self.threads.shutdown(wait=True)
        self.database.close()

    def listen(self, listener: Listener) -> None:
        """Hear, on the writer's thread, what every commit recorded."""
        self.writer.listen(listener)

    def listen_for_work(self, listener: Callable[[str], None]) -> None:
        """Hear, on the writer's thread, which tenant put work off."""
        self.writer.listen_for_work(listener)

    def of(self, tenant_id: str, actor: Actor = SYSTEM) -> Store:
        return Store(self, Binding(tenant_id, actor))

    def look(
        self,
        binding: Binding,
        query: Callable[..., R],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> R:
        """Run a query on this thread."""
        try:
            with self.database.readers.connect() as connection, connection.begin() as transaction:
                session = Session(
                    bind=connection, autoflush=False, info={"binding": binding, "seen": {}}
                )
                with session:
                    result = query(session, *args, **(kwargs or {}))
                transaction.rollback()
                return result
        except DBAPIError as error:
            if is_storage_trouble(error, writing=False):
                _LOG.error("store.cannot_read", error=type(error.orig).__name__)
                raise unavailable() from None
            raise
