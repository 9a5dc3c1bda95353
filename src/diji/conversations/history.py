"""Conversations of the past, as they are brought along from elsewhere: whole, closed, with their own times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import (
    ConsumerSpoke,
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationOpened,
    ReplyPosted,
)
from diji.foundation import add_many, add_new, record

from .models import Conversation, Message
from .rules import Author, Reception
from .words import clean_text, preview


@dataclass(frozen=True, slots=True)
class PastMessage:
    """Words of the past; `attachments` as the thread shows them, `reading` as the machine would have read them."""

    id: str
    author: Author
    text: str
    said_at: datetime
    author_id: str | None = None
    attachments: tuple[dict[str, Any], ...] = ()
    reading: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PastConversation:
    """A conversation that ended before we came; `said` is oldest first and not empty."""

    id: str
    shop_id: str
    consumer_id: str
    channel: str
    recipient: str
    closed_at: datetime
    said: tuple[PastMessage, ...]
    why_person: tuple[str, ...] = ()


def keep_history(session: Session, past: PastConversation) -> bool:
    """Store a conversation of the past with its events; False when it is there already."""
    said, last = past.said, past.said[-1]
    agents = [m for m in said if m.author is Author.AGENT]
    readings = [m.reading for m in said if m.reading]
    newest = readings[-1] if readings else {}
    new = add_new(
        session, Conversation, id=past.id, shop_id=past.shop_id, consumer_id=past.consumer_id, channel=past.channel,
        recipient=past.recipient, opened_at=said[0].said_at, closed_at=past.closed_at, seq=len(said),
        reception=(Reception.PERSON if agents else Reception.AI).value,
        assignee_id=agents[-1].author_id if agents else None, why_person=list(past.why_person),
        waiting_since=None, person_since=agents[0].said_at if agents else None, last_at=last.said_at,
        last_text=preview(last.text, len(last.attachments)), last_author=last.author.value, unread=0,
        read_by_consumer=len(said), emotion=newest.get("emotion"), intensity=newest.get("intensity"),
        intent=newest.get("intent"), issues=[issue["id"] for issue in newest.get("issues", ())],
    )  # fmt: skip
    if new:
        add_many(
            session,
            Message,
            [_row(past, seq, message) for seq, message in enumerate(said, start=1)],
        )
        _tell(session, past)
    return new


def _row(past: PastConversation, seq: int, m: PastMessage) -> dict[str, Any]:
    return {
        "conversation_id": past.id, "seq": seq, "id": m.id, "author": m.author.value, "author_id": m.author_id,
        "text": clean_text(m.text, attachments=len(m.attachments)), "attachments": list(m.attachments),
        "said_at": m.said_at, "client_id": None, "reading": m.reading, "sources": [],
    }  # fmt: skip


def _tell(session: Session, past: PastConversation) -> None:
    """The events that the talk would have left, each at its own time."""
    ids: dict[str, Any] = {"shop_id": past.shop_id, "conversation_id": past.id}
    opened_at = past.said[0].said_at
    record(session, ConversationOpened(consumer_id=past.consumer_id, happened_at=opened_at, **ids))
    pen: str | None = None
    for seq, m in enumerate(past.said, start=1):
        told = {"message_id": m.id, "seq": seq, "happened_at": m.said_at, **ids}
        if m.author is Author.CONSUMER:
            record(
                session,
                ConsumerSpoke(consumer_id=past.consumer_id, attachments=len(m.attachments), **told),
            )
            continue
        if m.author is Author.AGENT and m.author_id and m.author_id != pen:
            if pen is None and past.why_person:
                why = past.why_person
                record(session, ConversationHandedOver(why=why, happened_at=m.said_at, **ids))
            assigned = {"member_id": m.author_id, "before": pen, "happened_at": m.said_at}
            record(session, ConversationAssigned.model_validate({**assigned, **ids}))
            pen = m.author_id
        record(
            session,
            ReplyPosted.model_validate(
                {"author": m.author.value, "author_id": m.author_id, **told}
            ),
        )
    record(session, ConversationClosed(happened_at=past.closed_at, **ids))
