"""What is on its way to a platform."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class OutboxRow(Owned):
    """A reply that a platform must be given: queued, sending, sent, failed, or unknown."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "tenant_id", "state"),)

    message_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(128))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    platform_id: Mapped[str | None] = mapped_column(String(128))
    error: Mapped[str | None] = mapped_column(String(500))
    changed_at: Mapped[datetime]
