"""Consumers, as the team sees them."""

from datetime import datetime

from fastapi import APIRouter

from diji.foundation import Shape
from diji.team import EVERYONE, Asker, may

from . import actions, queries

router = APIRouter(prefix="/api/consumers", tags=["consumers"])


class ConsumerOut(Shape):
    id: str
    shop_id: str
    name: str
    place: str
    tags: list[str]
    remark: str
    first_seen_at: datetime
    last_seen_at: datetime


class Description(Shape):
    remark: str | None = None
    tags: list[str] | None = None


@router.get("")
async def consumers(
    q: str = "", limit: int = 50, offset: int = 0, asker: Asker = may(EVERYONE)
) -> list[ConsumerOut]:
    found = await asker.store.read(
        queries.consumers, words=q, limit=min(max(limit, 1), 200), offset=max(offset, 0)
    )
    return [ConsumerOut.model_validate(c) for c in found]


@router.get("/{consumer_id}")
async def consumer(consumer_id: str, asker: Asker = may(EVERYONE)) -> ConsumerOut:
    return ConsumerOut.model_validate(await asker.store.read(queries.get_consumer, consumer_id))


@router.patch("/{consumer_id}")
async def describe(
    consumer_id: str, words: Description, asker: Asker = may(EVERYONE)
) -> ConsumerOut:
    await asker.store.write(actions.describe, consumer_id, remark=words.remark, tags=words.tags)
    return await consumer(consumer_id, asker)
