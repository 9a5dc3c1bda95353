"""Replies go out through the outbox: the row is written with the reply, the worker delivers."""

from datetime import datetime

from sqlalchemy.orm import Session

from diji.events import DeliveryChanged
from diji.foundation import add_new, own, own_update, put_off, record

from .models import OutboxRow
from .registry import find_channel
from .rules import MOST_ATTEMPTS, Outgoing


def send_later(
    session: Session,
    *,
    channel: str,
    shop_id: str,
    conversation_id: str,
    message_id: str,
    recipient: str,
    text: str,
    now: datetime,
) -> None:
    """Queue a reply in the transaction that wrote it. Channels that read the thread themselves need nothing."""
    if find_channel(channel) is None:
        return
    values = {"channel": channel, "shop_id": shop_id, "conversation_id": conversation_id}
    new = add_new(
        session,
        OutboxRow,
        message_id=message_id,
        recipient=recipient,
        text=text,
        state="queued",
        attempts=0,
        changed_at=now,
        **values,
    )
    if new:
        put_off(session, "deliver", key=message_id, message_id=message_id)


def begin_sending(
    session: Session, message_id: str, *, now: datetime
) -> tuple[str, str, Outgoing] | None:
    """Commit the intent before the call: (state before, channel, what to send), or None when there is nothing to do.

    A row found in `sending` was interrupted by a crash; only the platform knows whether it went out.
    """
    row = session.scalars(own(session, OutboxRow).where(OutboxRow.message_id == message_id)).first()
    if row is None or row.state not in {"queued", "sending"}:
        return None
    before = row.state
    if before == "sending" and row.attempts >= MOST_ATTEMPTS:
        mark_unknown(session, message_id, now=now)  # the platform would not even tell
        return None
    row.state, row.changed_at = "sending", now
    row.attempts += 1
    return before, row.channel, Outgoing(row.message_id, row.shop_id, row.recipient, row.text)


def mark_sent(session: Session, message_id: str, *, platform_id: str | None, now: datetime) -> None:
    _settle(session, message_id, "sent", now, platform_id=platform_id)


def mark_unknown(session: Session, message_id: str, *, now: datetime) -> None:
    """Nobody can tell whether it went out: a person decides, and it is never sent blindly again."""
    _settle(session, message_id, "unknown", now, error="interrupted")


def mark_failed(
    session: Session, message_id: str, *, why: str, permanent: bool, now: datetime
) -> bool:
    """Says whether another try makes sense."""
    row = session.scalars(own(session, OutboxRow).where(OutboxRow.message_id == message_id)).one()
    if permanent or row.attempts >= MOST_ATTEMPTS:
        _settle(session, message_id, "failed", now, error=why[:500])
        return False
    row.state, row.error, row.changed_at = "queued", why[:500], now
    return True


def _settle(
    session: Session, message_id: str, state: str, now: datetime, **values: str | None
) -> None:
    changed = own_update(session, OutboxRow).where(
        OutboxRow.message_id == message_id, OutboxRow.state == "sending"
    )
    returned = changed.values(state=state, changed_at=now, **values).returning(
        OutboxRow.shop_id, OutboxRow.conversation_id
    )
    row = session.execute(returned).first()
    if row:
        ids = {"shop_id": row[0], "conversation_id": row[1], "message_id": message_id}
        record(session, DeliveryChanged.model_validate({**ids, "state": state}))
