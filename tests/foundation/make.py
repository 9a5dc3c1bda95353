"""Actions on foundation's own tables, and ways to make them meet in one batch."""

import asyncio
import threading
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from diji.events import ArticleChanged
from diji.foundation import Store, own, own_insert, record, run
from diji.foundation.jobs import FailedReaction
from tests.make import now


def note(session: Session, name: str, words: str = "") -> str:
    """Put down a row that may be there only once, and tell the ledger."""
    run(
        session,
        own_insert(session, FailedReaction, room=name, position=1, failed_at=now(), error=words),
    )
    record(session, ArticleChanged(article_id=name))
    return name


def notes(session: Session) -> list[str]:
    return list(session.scalars(own(session, FailedReaction.room).order_by(FailedReaction.room)))


def how_many(session: Session) -> int:
    return int(session.execute(own(session, func.count(FailedReaction.room))).scalar_one())


async def together(store: Store, *calls: tuple[Any, ...]) -> list[Any]:
    """Hand over all the calls while the writer is busy, so that they run as one batch; answers or errors."""
    gate, begun = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        del session
        begun.set()
        gate.wait(10)

    holding = asyncio.create_task(store.write(hold))
    await asyncio.to_thread(begun.wait, 10)
    waiting = [asyncio.create_task(store.write(*call)) for call in calls]
    await asyncio.sleep(0)
    gate.set()
    await holding
    return await asyncio.gather(*waiting, return_exceptions=True)
