"""What is stored about what the shop knows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Article(Owned):
    """Something the shop knows, with the words that say it to a consumer."""

    __tablename__ = "articles"
    __table_args__ = (Index("ix_articles_version", "tenant_id", "version"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # article or script
    title: Mapped[str] = mapped_column(String(120))
    questions: Mapped[list[Any]]
    body: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text)
    intents: Mapped[list[Any]]
    products: Mapped[list[Any]]  # codes; empty: for all
    shops: Mapped[list[Any]]  # shop ids; empty: for all
    category: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    changed_at: Mapped[datetime]


class KnowledgeVersion(Owned):
    """Counts every change, so that an index can tell whether it is fresh."""

    __tablename__ = "knowledge_versions"

    version: Mapped[int]
