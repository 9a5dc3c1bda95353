"""What is stored about conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Conversation(Owned):
    """The thread of one consumer with one shop, with what the list needs and who holds the pen."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_consumer", "tenant_id", "consumer_id", "opened_at"),
        Index("ix_conversations_open", "tenant_id", "closed_at", "last_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    consumer_id: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(128))  # how the channel calls the consumer
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    seq: Mapped[int] = mapped_column(default=0)
    reception: Mapped[str] = mapped_column(String(8))
    assignee_id: Mapped[str | None] = mapped_column(String(32))
    why_person: Mapped[list[Any]]
    waiting_since: Mapped[datetime | None]  # the oldest words of the consumer that nobody answered
    person_since: Mapped[datetime | None]  # when a person was first needed
    last_at: Mapped[datetime]
    last_text: Mapped[str] = mapped_column(String(160), default="")
    last_author: Mapped[str] = mapped_column(String(8), default="")
    unread: Mapped[int] = mapped_column(default=0)
    read_by_consumer: Mapped[int] = mapped_column(default=0)
    emotion: Mapped[str | None] = mapped_column(String(16))
    intensity: Mapped[float | None]
    intent: Mapped[str | None] = mapped_column(String(32))
    issues: Mapped[list[Any]]


class Message(Owned):
    """Something that was said, by whom; `seq` is its place in the thread."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "conversation_id", "client_id"),
    )

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(8))
    author_id: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]]
    said_at: Mapped[datetime]
    client_id: Mapped[str | None] = mapped_column(
        String(80)
    )  # the sender's own key against duplicates
    reading: Mapped[dict[str, Any] | None]
    sources: Mapped[list[Any]]  # what the machine's words rest on: {kind, id, title}


class InboxKey(Owned):
    """A platform's event that was taken in; the key makes a second delivery harmless."""

    __tablename__ = "inbox_keys"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    taken_at: Mapped[datetime]


class Attachment(Owned):
    """A picture that was sent; the bytes lie in the files folder under their hash."""

    __tablename__ = "attachments"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    consumer_id: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    made_at: Mapped[datetime]
