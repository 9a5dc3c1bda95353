"""Conversations and messages as the screen is shown them, over HTTP and in the live feed alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji import channels, consumers
from diji.foundation import Shape

from . import queries
from .pictures import AttachmentOut
from .rules import Author, Reception


class ConversationOut(Shape):
    id: str
    shop_id: str
    consumer_id: str
    consumer_name: str = ""
    channel: str
    opened_at: datetime
    closed_at: datetime | None
    seq: int
    reception: Reception
    assignee_id: str | None
    why_person: list[str]
    waiting_since: datetime | None
    deadline_at: datetime | None
    person_since: datetime | None
    last_at: datetime
    last_text: str
    last_author: str
    unread: int
    read_by_consumer: int
    emotion: str | None
    intensity: float | None
    intent: str | None
    issues: list[str]


class SourceOut(Shape):
    """What words of the machine rest on."""

    kind: str
    id: str
    title: str


class MessageOut(Shape):
    id: str
    conversation_id: str
    seq: int
    author: Author
    author_id: str | None
    text: str
    attachments: list[AttachmentOut]
    said_at: datetime
    client_id: str | None
    reading: dict[str, Any] | None
    sources: list[SourceOut]
    delivery: str | None = None


def with_names(
    session: Session, found: Sequence[queries.ConversationView]
) -> list[ConversationOut]:
    """Conversations with the names of their consumers."""
    names = consumers.names_of(session, {c.consumer_id for c in found})
    shown = [ConversationOut.model_validate(c) for c in found]
    for conversation in shown:
        conversation.consumer_name = names.get(conversation.consumer_id, "")
    return shown


def show_conversation(session: Session, conversation_id: str) -> ConversationOut:
    return with_names(session, [queries.get_conversation(session, conversation_id)])[0]


def with_delivery(
    session: Session, conversation_id: str, found: Sequence[queries.MessageView]
) -> list[MessageOut]:
    """Messages with what became of them on their way to the platform."""
    ours = any(m.author is not Author.CONSUMER for m in found)
    deliveries = channels.deliveries_of(session, conversation_id) if ours else {}
    shown = [MessageOut.model_validate(m) for m in found]
    for message in shown:
        message.delivery = deliveries.get(message.id)
    return shown


def show_message(session: Session, message_id: str) -> MessageOut:
    found = queries.get_message(session, message_id)
    return with_delivery(session, found.conversation_id, [found])[0]
