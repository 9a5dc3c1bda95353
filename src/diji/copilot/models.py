"""What is stored about the machine's work: the lead's strategy, and what was offered to agents."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class StrategyRow(Owned):
    """A lead's rules for a shop (`*`: for every shop without its own); every version stays."""

    __tablename__ = "strategies"

    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]


class Suggestion(Owned):
    """A reply that was offered to an agent, and what became of it."""

    __tablename__ = "suggestions"
    __table_args__ = (Index("ix_suggestions_conversation", "tenant_id", "conversation_id", "seq"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str] = mapped_column(String(32))
    message_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]  # of the consumer's message
    rank: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    sources: Mapped[list[Any]]
    sure: Mapped[float]
    why: Mapped[str] = mapped_column(String(300))
    doubts: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(8))  # offered, sent, changed
    sent_text: Mapped[str | None] = mapped_column(Text)
    offered_at: Mapped[datetime]


class Label(Owned):
    """What a person says a message really means, beside what the machine had guessed."""

    __tablename__ = "labels"
    __table_args__ = (Index("ix_labels_message", "tenant_id", "message_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str] = mapped_column(String(32))
    message_id: Mapped[str] = mapped_column(String(32))
    field: Mapped[str] = mapped_column(String(16))
    guessed: Mapped[list[Any]]  # ids
    truth: Mapped[list[Any]]  # ids
    member_id: Mapped[str] = mapped_column(String(32))
    said_at: Mapped[datetime]
