"""What can be done about consumers."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import new_id
from diji.foundation import add_many, add_new, own_insert, own_update, run

from .models import Consumer, Identity, VisitorToken
from .queries import find_known, get_consumer, hashed
from .rules import visitor_name


def recognise(
    session: Session, *, shop_id: str, channel: str, external_id: str, name: str = "", now: datetime
) -> str:
    """The consumer whom a channel calls `external_id`; a new one when the shop has never met them."""
    key = {"shop_id": shop_id, "channel": channel, "external_id": external_id}
    known = find_known(session, **key)
    if known:
        return known
    consumer_id = new_id()
    add_new(session, Identity, consumer_id=consumer_id, **key)
    _add(session, consumer_id, shop_id, name, now)
    return consumer_id


def welcome_visitor(
    session: Session, *, shop_id: str, name: str = "", now: datetime
) -> tuple[str, str]:
    """Somebody unknown opens the widget: (consumer id, token)."""
    consumer_id = new_id()
    _add(session, consumer_id, shop_id, name, now)
    return consumer_id, give_token(session, consumer_id=consumer_id, shop_id=shop_id, now=now)


def give_token(session: Session, *, consumer_id: str, shop_id: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    values = {"consumer_id": consumer_id, "shop_id": shop_id, "made_at": now}
    run(session, own_insert(session, VisitorToken, token_hash=hashed(token), **values))
    return token


def _add(session: Session, consumer_id: str, shop_id: str, name: str, now: datetime) -> None:
    shown = name.strip()[:80] or visitor_name(consumer_id)
    values = {
        "name": shown,
        "place": "",
        "tags": [],
        "remark": "",
        "first_seen_at": now,
        "last_seen_at": now,
    }
    run(session, own_insert(session, Consumer, id=consumer_id, shop_id=shop_id, **values))


def describe(
    session: Session, consumer_id: str, *, remark: str | None = None, tags: list[str] | None = None
) -> None:
    """What the team wants to remember about somebody."""
    values: dict[str, Any] = {}
    if remark is not None:
        values["remark"] = remark[:500]
    if tags is not None:
        values["tags"] = [tag.strip()[:20] for tag in tags if tag.strip()][:20]
    get_consumer(session, consumer_id)
    if values:
        changed = own_update(session, Consumer).where(Consumer.id == consumer_id)
        run(session, changed.values(**values))


def keep_consumers(
    session: Session, rows: list[dict[str, Any]], identities: list[dict[str, Any]]
) -> int:
    """Store consumers that come from elsewhere, with how their channels call them."""
    add_many(session, Identity, identities)
    return add_many(session, Consumer, rows)
