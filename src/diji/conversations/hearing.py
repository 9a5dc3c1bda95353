"""Taking in what a consumer said. The hottest path of the house: kept statements, no mapped objects."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from diji.events import ConsumerSpoke, ConversationOpened, new_id
from diji.foundation import do, own_once, put_row, record

from .models import Conversation, InboxKey
from .rules import Author, Heard, Posted, Reception
from .thread import advance, put, shown_attachments
from .words import clean_text, preview

_KEYS = InboxKey.__table__.c
_TAKEN_IN = own_once(InboxKey, "conversation_id", "message_id", "seq").where(
    _KEYS.channel == bindparam("channel"),
    _KEYS.shop_id == bindparam("shop"),
    _KEYS.external_id == bindparam("external"),
)
_OPEN = Conversation.__table__.c
_STILL_OPEN = (
    own_once(Conversation, "id", "reception")
    .where(_OPEN.consumer_id == bindparam("consumer"), _OPEN.closed_at.is_(None))
    .limit(1)
)


def hear(session: Session, heard: Heard, *, now: datetime) -> Posted:
    """Take in what a consumer said: the inbox key, the message and the event, in one transaction."""
    known = _taken_in(session, heard)
    if known:
        return known
    text = clean_text(heard.text, attachments=len(heard.attachments))
    shown = shown_attachments(session, heard.attachments, consumer_id=heard.consumer_id)
    conversation_id, reception = _open_conversation(session, heard, now)
    shown_text = preview(text, len(shown))
    seq = advance(session, conversation_id, Author.CONSUMER, shown_text, now=now)
    posted = Posted(conversation_id, new_id(), seq, new=True)
    put_row(
        session,
        InboxKey,
        channel=heard.channel,
        shop_id=heard.shop_id,
        external_id=heard.external_id[:128],
        message_id=posted.message_id,
        conversation_id=conversation_id,
        seq=seq,
        taken_at=now,
    )
    put(
        session,
        posted,
        Author.CONSUMER,
        text,
        attachments=shown,
        client_id=heard.client_id,
        said_at=now,
    )
    ids = {"shop_id": heard.shop_id, "conversation_id": conversation_id}
    record(
        session,
        ConsumerSpoke(
            message_id=posted.message_id,
            consumer_id=heard.consumer_id,
            seq=seq,
            attachments=len(shown),
            reception=reception,
            happened_at=now,
            **ids,
        ),
    )
    return posted


def _taken_in(session: Session, heard: Heard) -> Posted | None:
    key = {"channel": heard.channel, "shop": heard.shop_id, "external": heard.external_id[:128]}
    row = do(session, _TAKEN_IN, **key).first()
    return Posted(row[0], row[1], row[2], new=False) if row else None


def _open_conversation(session: Session, heard: Heard, now: datetime) -> tuple[str, Any]:
    """The conversation that these words belong to, and who holds the pen in it."""
    row = do(session, _STILL_OPEN, consumer=heard.consumer_id).first()
    if row:
        return row[0], row[1]
    conversation_id = new_id()
    put_row(
        session,
        Conversation,
        id=conversation_id,
        shop_id=heard.shop_id,
        consumer_id=heard.consumer_id,
        channel=heard.channel,
        recipient=heard.recipient,
        opened_at=now,
        reception=Reception.AI.value,
        why_person=[],
        issues=[],
        last_at=now,
        seq=0,
        unread=0,
        read_by_consumer=0,
        last_text="",
        last_author="",
    )
    ids = {"shop_id": heard.shop_id, "conversation_id": conversation_id}
    record(session, ConversationOpened(consumer_id=heard.consumer_id, happened_at=now, **ids))
    return conversation_id, Reception.AI.value
