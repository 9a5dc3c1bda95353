"""What can be asked about consumers."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_
from sqlalchemy.orm import Session

from diji.foundation import NotFound, do, own, own_once

from .models import Consumer, Identity, VisitorToken


@dataclass(frozen=True, slots=True)
class ConsumerView:
    """A consumer as the team sees them."""

    id: str
    shop_id: str
    name: str
    place: str
    tags: list[str]
    remark: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sits in front of a widget."""

    consumer_id: str
    shop_id: str


def get_consumer(session: Session, consumer_id: str) -> ConsumerView:
    consumer = session.scalars(own(session, Consumer).where(Consumer.id == consumer_id)).first()
    if consumer is None:
        raise NotFound("没有这位消费者", "There is no such consumer", consumer=consumer_id)
    return _view(consumer)


_NAMES = own_once(Consumer, "id", "name").where(
    Consumer.__table__.c.id.in_(bindparam("ids", expanding=True))
)


def names_of(session: Session, consumer_ids: set[str]) -> dict[str, str]:
    """The names of consumers whose conversations the caller may see."""
    return {row[0]: row[1] for row in do(session, _NAMES, ids=sorted(consumer_ids))}


def ids_named(session: Session, words: str, *, limit: int = 200) -> list[str]:
    """Consumers whose name holds these words."""
    rows = own(session, Consumer.id).where(Consumer.name.contains(words, autoescape=True))
    return list(session.scalars(rows.limit(limit)))


def consumers(
    session: Session, *, words: str = "", limit: int = 50, offset: int = 0
) -> list[ConsumerView]:
    """Consumers of the shops that the asker may see, whoever was seen last first."""
    rows = own(session, Consumer)
    if words.strip():
        said = words.strip()
        rows = rows.where(
            or_(
                Consumer.name.contains(said, autoescape=True),
                Consumer.place.contains(said, autoescape=True),
            )
        )
    found = session.scalars(
        rows.order_by(Consumer.last_seen_at.desc(), Consumer.id).limit(limit).offset(offset)
    )
    return [_view(c) for c in found]


def _view(c: Consumer) -> ConsumerView:
    return ConsumerView(
        c.id, c.shop_id, c.name, c.place, c.tags, c.remark, c.first_seen_at, c.last_seen_at
    )


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_visitor(session: Session, token: str) -> Visitor | None:
    rows = own(session, VisitorToken.consumer_id, VisitorToken.shop_id)
    row = session.execute(rows.where(VisitorToken.token_hash == hashed(token))).first()
    return Visitor(row[0], row[1]) if row else None


def find_known(session: Session, *, shop_id: str, channel: str, external_id: str) -> str | None:
    """The consumer whom a channel calls `external_id`, if the shop has met them."""
    rows = own(session, Identity.consumer_id).where(
        Identity.shop_id == shop_id,
        Identity.channel == channel,
        Identity.external_id == external_id,
    )
    row = session.execute(rows).first()
    return str(row[0]) if row else None
