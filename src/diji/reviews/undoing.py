"""An import taken back: its reviews go piece by piece, so that nobody waits while a large one leaves."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import ReviewImportAdvanced, ReviewsWithdrawn
from diji.foundation import Conflict, Store, own, own_delete, put_off, record, run

from . import importing, queries
from .models import Review, ReviewAspect, ReviewImport, ReviewIssue
from .queries import ImportView, get_import_row
from .rules import ImportState

PIECE = 500  # reviews in one transaction


async def undo_import(store: Store, import_id: str, *, now: datetime) -> ImportView:
    """Take back what an import added; the worker carries on."""
    await store.write(begin_undo, import_id, now=now)
    return await store.read(queries.get_import, import_id)


def begin_undo(session: Session, import_id: str, *, now: datetime) -> None:
    """An import at work stops where it is. Said twice it is done once."""
    row = get_import_row(session, import_id)
    if row.state in {ImportState.UNDOING, ImportState.UNDONE}:
        return
    if row.state == ImportState.PROPOSED:
        raise Conflict("这个文件还没有导入", "This file was not imported yet")
    row.state, row.error, row.samples = ImportState.UNDOING, None, []
    put_off(session, "reviews.undo", import_id=import_id)
    _tell(session, row, now)


async def undo_all(store: Store, import_id: str, *, budget: float | None = None) -> ImportState:
    """Withdraw pieces until none is left or the time is up; says how the import stands then."""
    begun = time.monotonic()
    while True:
        state = await store.write(withdraw_piece, import_id, now=datetime.now(UTC))
        if state != ImportState.UNDOING:
            # Its rows and bad rows hold what buyers wrote and who they are.
            await asyncio.to_thread(importing.files_of(store).drop, [import_id])
            return state
        if budget is not None and time.monotonic() - begun > budget:
            return state


async def work_on(store: Store, import_id: str) -> None:
    """One turn of the durable work; what is left becomes the next."""
    if await undo_all(store, import_id, budget=importing.BUDGET) is ImportState.UNDOING:
        await store.write(_pause, import_id, now=datetime.now(UTC))


def withdraw_piece(session: Session, import_id: str, *, now: datetime) -> ImportState:
    """Some of its reviews with all that was read in them; none left, and the import is undone."""
    row = get_import_row(session, import_id)
    if row.state != ImportState.UNDOING:
        return ImportState(row.state)
    ids = own(session, Review.id).where(
        Review.id > _a_day_before(import_id), Review.import_id == import_id
    )
    going = list(session.scalars(ids.order_by(Review.id).limit(PIECE)))
    for entity, column in (
        (ReviewIssue, ReviewIssue.review_id),
        (ReviewAspect, ReviewAspect.review_id),
        (Review, Review.id),
    ):
        _delete(session, entity, column, going)
    if len(going) < PIECE:
        _end(session, row, now)
    else:
        _tell(session, row, now)
    return ImportState(row.state)


def _a_day_before(import_id: str) -> str:
    """Ids rise with time, so an import's reviews come after its own; a day for clocks that were put back."""
    return f"{int(import_id[:12], 16) - 86_400_000:012x}"


def _delete(session: Session, entity: Any, column: Any, ids: list[str]) -> None:
    if ids:
        run(session, own_delete(session, entity).where(column.in_(ids)))


def _end(session: Session, row: ReviewImport, now: datetime) -> None:
    row.state, row.finished_at = ImportState.UNDONE, now
    _tell(session, row, now)
    withdrawn = ReviewsWithdrawn(
        shop_id=row.shop_id, import_id=row.id, withdrawn=row.added, happened_at=now
    )
    record(session, withdrawn)


def _tell(session: Session, row: ReviewImport, now: datetime) -> None:
    advanced = ReviewImportAdvanced(
        shop_id=row.shop_id, import_id=row.id, done=row.done, total=row.total, state=str(row.state), happened_at=now
    )  # fmt: skip
    record(session, advanced)


def _pause(session: Session, import_id: str, *, now: datetime) -> None:
    due = f"{import_id}:{now.timestamp()}"
    put_off(session, "reviews.undo", key=due, import_id=import_id, due_at=now)
