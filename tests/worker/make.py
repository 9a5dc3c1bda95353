"""A worker whose rooms are of the test's own making."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from diji.events import ConsumerSpoke, Event
from diji.foundation import REACTIONS, Store, Warehouse, record
from diji.worker import Worker
from diji.worker.work import load_all_reactions
from tests.make import eventually


def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reacts to anything, until the test says who does."""
    load_all_reactions()
    for kind in ("to_events", "to_work", "to_clock"):
        monkeypatch.setattr(REACTIONS, kind, {})
    for pauses in ("worker.work.AGAIN_AFTER", "worker.insisting.AGAIN_EVERY"):
        monkeypatch.setattr(f"diji.{pauses}", 0.05)
    monkeypatch.setattr("diji.worker.reader.AGAIN_EVERY", 0.05)
    monkeypatch.setattr("diji.worker.reader.PAUSES", (0.01, 0.01))
    monkeypatch.setattr("diji.worker.reader.SAVE_EVERY", 0.05)
    monkeypatch.setattr("diji.worker.errands.LOOK_EVERY", 0.05)


def room(name: str, reaction: Any, *kinds: type[Event]) -> None:
    for kind in kinds or (ConsumerSpoke,):
        REACTIONS.to_events.setdefault(name, {}).setdefault(kind, []).append(reaction)


@asynccontextmanager
async def working(warehouse: Warehouse, tenant_id: str) -> AsyncIterator[Worker]:
    worker = Worker(warehouse, tenant_id)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def settled(worker: Worker) -> None:
    await eventually(worker.is_idle)


def speak(session: Session, seq: int, conversation_id: str = "c1") -> None:
    ids: Any = {"shop_id": "tmall", "conversation_id": conversation_id, "consumer_id": "小王"}
    record(session, ConsumerSpoke(message_id=f"m{seq}", seq=seq, **ids))


async def consumer_speaks(store: Store, *seqs: int, conversation_id: str = "c1") -> None:
    for seq in seqs:
        await store.write(speak, seq, conversation_id)
