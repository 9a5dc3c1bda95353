"""The one writer: groups waiting actions into one transaction, makes it durable, and only then answers."""

import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from .database import Database, is_storage_trouble
from .errors import Unavailable, unavailable
from .ledger import Pen, Recorded
from .tables import Binding

_LOG = structlog.get_logger("diji.writer")

LARGEST_BATCH = 256
FAILURES_TOGETHER = 3  # after so many the survivors run one by one
RECONNECTS = 5

Listener = Callable[[list[Recorded]], None]


@dataclass(slots=True, eq=False)
class Waiting:
    """An action that waits for its turn, and the future that will hold its answer."""

    binding: Binding
    action: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    answer: Future[Any] = field(default_factory=Future)


class Writer:
    """A thread with the sole writing connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._held: deque[Waiting] = deque()
        self._listeners: list[Listener] = []
        self._workers: list[Callable[[str], None]] = []
        self._thread = threading.Thread(target=self._work, name="diji-writer", daemon=True)
        self._closing = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, then end."""
        self._closing = True
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def listen(self, listener: Listener) -> None:
        """`listener` is called, on the writer's thread, with what each commit recorded."""
        self._listeners.append(listener)

    def listen_for_work(self, listener: Callable[[str], None]) -> None:
        """`listener` is called with the tenant of each commit that put work off."""
        self._workers.append(listener)

    def submit(self, waiting: Waiting) -> Future[Any]:
        if self._closing:
            raise Unavailable(
                "服务正在停止，请稍后再试", "The service is stopping; try again shortly"
            )
        self._queue.put(waiting)
        return waiting.answer

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                self._run(batch)
            except Exception as error:  # noqa: BLE001 - the writer outlives whatever happens to a batch
                _LOG.exception("writer.batch_lost")
                for waiting in batch:
                    if not waiting.answer.done():
                        waiting.answer.set_exception(error)

    def _next_batch(self) -> list[Waiting] | None:
        """Whatever waits now for one tenant; None when all is done and the writer should end."""
        first = self._held.popleft() if self._held else self._queue.get()
        if first is None:
            return None
        batch, later = [first], deque[Waiting]()
        while self._held:
            (batch if self._fits(batch, self._held[0]) else later).append(self._held.popleft())
        self._held = later
        while len(batch) < LARGEST_BATCH:
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                self._queue.put(None)
                break
            (batch if self._fits(batch, waiting) else self._held).append(waiting)
        return batch

    @staticmethod
    def _fits(batch: list[Waiting], waiting: Waiting) -> bool:
        same = batch[0].binding.tenant_id == waiting.binding.tenant_id
        return same and len(batch) < LARGEST_BATCH

    def _run(self, batch: list[Waiting]) -> None:
        waiting = [w for w in batch if w.answer.set_running_or_notify_cancel()]
        failures = 0
        while waiting:
            if failures >= FAILURES_TOGETHER:
                for one in waiting:
                    self._attempt([one])
                return
            failed = self._attempt(waiting)
            if failed is None:
                return
            failures += 1
            waiting = [w for w in waiting if w is not failed]

    def _attempt(self, batch: list[Waiting]) -> Waiting | None:
        """Run a batch as one transaction; on failure answer the culprit and return it."""
        for tries_left in reversed(range(RECONNECTS)):
            try:
                return self._transaction(batch)
            except DBAPIError as error:
                # Every action has a unique key, so a batch whose commit got lost may run again.
                if error.connection_invalidated and tries_left:
                    _LOG.warning("writer.reconnecting", tries_left=tries_left)
                    continue
                _LOG.error("writer.cannot_store", error=type(error.orig).__name__)
                self._answer_all(batch, unavailable())
                return None
        return None

    def _transaction(self, batch: list[Waiting]) -> Waiting | None:
        results: list[Any] = []
        with self._database.writer.connect() as connection, connection.begin() as transaction:
            tenant_id = batch[0].binding.tenant_id
            if not self._database.is_sqlite:
                connection.execute(_ONE_BATCH_A_TENANT, {"tenant": tenant_id})
            pen = Pen(connection, tenant_id)
            for waiting in batch:
                try:
                    results.append(self._act(connection, pen, waiting))
                except Exception as error:
                    if is_storage_trouble(error, writing=True):
                        raise
                    if transaction.is_active:  # a failed flush has rolled it back already
                        transaction.rollback()
                    waiting.answer.set_exception(error)
                    return waiting
            recorded = pen.write_down()
        for waiting, result in zip(batch, results, strict=True):
            waiting.answer.set_result(result)
        if recorded:
            self._tell(self._listeners, recorded)
        if pen.work_was_put_off:
            self._tell(self._workers, tenant_id)
        return None

    @staticmethod
    def _tell(listeners: list[Callable[[Any], None]], news: Any) -> None:
        for listener in listeners:
            try:
                listener(news)
            except Exception:  # noqa: BLE001 - what is committed stays so, whoever cannot listen
                _LOG.exception("writer.listener_failed")

    @staticmethod
    def _act(connection: Connection, pen: Pen, waiting: Waiting) -> Any:
        session = Session(
            bind=connection,
            join_transaction_mode="rollback_only",
            expire_on_commit=False,
            info={"binding": waiting.binding, "pen": pen},
        )
        with session:
            result = waiting.action(session, *waiting.args, **waiting.kwargs)
            session.flush()
            return result

    @staticmethod
    def _answer_all(batch: list[Waiting], error: Exception) -> None:
        for waiting in batch:
            if not waiting.answer.done():
                waiting.answer.set_exception(error)


_ONE_BATCH_A_TENANT = text("SELECT pg_advisory_xact_lock(hashtextextended(:tenant, 0))")
