"""What is stored about consumers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Consumer(Owned):
    """A person who writes to a shop."""

    __tablename__ = "consumers"
    __table_args__ = (Index("ix_consumers_shop", "tenant_id", "shop_id", "last_seen_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(40), default="")
    tags: Mapped[list[Any]]
    remark: Mapped[str] = mapped_column(String(500), default="")
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Identity(Owned):
    """How a channel calls a consumer."""

    __tablename__ = "consumer_identities"

    shop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    consumer_id: Mapped[str] = mapped_column(String(32))


class VisitorToken(Owned):
    """The widget's proof of who sits in front of it; the row holds only the token's hash."""

    __tablename__ = "visitor_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    consumer_id: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
