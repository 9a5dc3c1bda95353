"""The spine: an event is a row written with the change that caused it, in one order for each tenant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, Connection, Index, String, Text, bindparam, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diji.events import DataRestored, Event, event_class, wire_name

from .tables import Actor, Base, Owned, binding, own


class LedgerRow(Owned):
    """One event; the rows of a tenant are its audit trail, its live feed and its training data."""

    __tablename__ = "ledger"
    __table_args__ = (Index("ix_ledger_conversation", "tenant_id", "conversation_id", "position"),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64))
    happened_at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    shop_id: Mapped[str | None] = mapped_column(String(32))
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the ledger and who caused it."""

    tenant_id: str
    position: int
    event: Event
    actor_kind: str
    actor_id: str


class Pen:
    """Collects what the actions of one batch record and writes it down as their last statement."""

    def __init__(self, connection: Connection, tenant_id: str) -> None:
        self._connection = connection
        self._tenant_id = tenant_id
        self._events: list[tuple[Event, Actor]] = []
        self.work_was_put_off = False

    def note(self, event: Event, actor: Actor) -> None:
        self._events.append((event, actor))

    def write_down(self) -> list[Recorded]:
        if not self._events:
            return []
        head = _head(self._connection, self._tenant_id)
        recorded = [
            Recorded(self._tenant_id, head + place, event, actor.kind, actor.id)
            for place, (event, actor) in enumerate(self._events, start=1)
        ]
        self._connection.execute(insert(LedgerRow), [_row(one) for one in recorded])
        return recorded


_HEAD = select(func.coalesce(func.max(LedgerRow.position), 0)).where(
    LedgerRow.tenant_id == bindparam("tenant")
)


def _head(connection: Connection, tenant_id: str) -> int:
    return connection.execute(_HEAD, {"tenant": tenant_id}).scalar_one()


def _row(one: Recorded) -> dict[str, Any]:
    return {
        "tenant_id": one.tenant_id,
        "position": one.position,
        "name": wire_name(type(one.event)),
        "happened_at": one.event.happened_at,
        "actor_kind": one.actor_kind,
        "actor_id": one.actor_id,
        "shop_id": one.event.shop_id,
        "conversation_id": one.event.conversation_id,
        "body": one.event.model_dump_json(),
    }


LEAP = 1_000_000


def leap(connection: Connection, *, made_at: datetime) -> None:
    """Go on far beyond every position that anybody saw before the data were restored.

    Who resumes from such a position is then too far behind, and asks anew.
    """
    heads = select(LedgerRow.tenant_id, func.max(LedgerRow.position)).group_by(LedgerRow.tenant_id)
    for tenant_id, head in connection.execute(heads).all():
        event = DataRestored(made_at=made_at)
        restored = Recorded(tenant_id, head + LEAP, event, "system", "system")
        connection.execute(insert(LedgerRow), _row(restored))


def record(session: Session, event: Event) -> None:
    """Write an event with the change that caused it; the session knows the tenant and the actor."""
    cast("Pen", session.info["pen"]).note(event, binding(session).actor)


def newest_position(session: Session) -> int:
    return _head(session.connection(), binding(session).tenant_id)


def events_after(session: Session, position: int, *, limit: int = 500) -> list[Recorded]:
    rows = own(session, LedgerRow).where(LedgerRow.position > position)
    return list(_read(session, rows.order_by(LedgerRow.position).limit(limit)))


def events_of_conversation(session: Session, conversation_id: str) -> list[Recorded]:
    """The whole story of a conversation, oldest first."""
    rows = own(session, LedgerRow).where(LedgerRow.conversation_id == conversation_id)
    return list(_read(session, rows.order_by(LedgerRow.position)))


def _read(session: Session, statement: Any) -> Iterator[Recorded]:
    for row in session.scalars(statement):
        event = event_class(row.name).model_validate_json(row.body)
        yield Recorded(row.tenant_id, row.position, event, row.actor_kind, row.actor_id)


__all__ = [
    "Base",
    "LedgerRow",
    "Pen",
    "Recorded",
    "events_after",
    "events_of_conversation",
    "leap",
    "newest_position",
    "record",
]
