"""What is stored about reviews."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Review(Owned):
    """What a buyer wrote about a product, with the machine's reading; `at` is its time, or the import's."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("tenant_id", "shop_id", "fingerprint"),
        Index("ix_reviews_at", "tenant_id", "at", "id"),
        # Covers the tiles: they count without touching the texts.
        Index(
            "ix_reviews_board", "tenant_id", "day", "shop_id", "platform", "product", "verdict",
            "counted_by", "dated", "stars", "label", "handled_at", "sentiment", "confident", "id",
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    platform: Mapped[str] = mapped_column(String(16))
    product: Mapped[str] = mapped_column(String(120))  # code, or name where there is no code
    product_name: Mapped[str] = mapped_column(String(200))
    sku: Mapped[str] = mapped_column(String(200))
    order_id: Mapped[str] = mapped_column(String(8))  # masked
    buyer: Mapped[str] = mapped_column(String(40))  # masked
    stars: Mapped[float | None]
    verdict: Mapped[str] = mapped_column(String(8))
    counted_by: Mapped[str] = mapped_column(String(8))  # buyer or machine
    label: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime | None]
    imported_at: Mapped[datetime]
    at: Mapped[datetime]
    day: Mapped[int]  # of `at`, on China's calendar, since 1970
    dated: Mapped[bool]
    import_id: Mapped[str] = mapped_column(String(32))
    fingerprint: Mapped[str] = mapped_column(String(40))
    sentiment: Mapped[str] = mapped_column(String(8))
    sentiment_scores: Mapped[dict[str, Any]]
    mixed: Mapped[bool]
    confident: Mapped[bool]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[str | None] = mapped_column(String(64))


class ReviewAspect(Owned):
    """What a clause of a review speaks of, and how; `phrase` is what like clauses have in common.

    A review counts once: `again` marks a further clause on the same aspect in the same mood, and a phrase that
    a review repeats is left empty. So counting needs no DISTINCT, which is what made the board slow.
    """

    __tablename__ = "review_aspects"
    __table_args__ = (
        # In the order in which the board groups, so that nothing is sorted.
        Index(
            "ix_review_aspects_board", "tenant_id", "aspect", "sentiment", "phrase", "day", "shop_id", "again",
            "review_id",
        ),
    )  # fmt: skip

    review_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shop_id: Mapped[str] = mapped_column(String(32))
    day: Mapped[int]
    aspect: Mapped[str] = mapped_column(String(32))
    sentiment: Mapped[str] = mapped_column(String(8))
    again: Mapped[bool]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    phrase: Mapped[str] = mapped_column(String(32))


class ReviewIssue(Owned):
    """What went wrong, according to a review."""

    __tablename__ = "review_issues"
    __table_args__ = (
        Index("ix_review_issues_board", "tenant_id", "issue", "day", "shop_id", "review_id"),
    )

    review_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    issue: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    day: Mapped[int]
    score: Mapped[float]


class ReviewedProduct(Owned):
    """What a product that reviews speak of is called."""

    __tablename__ = "reviewed_products"

    product: Mapped[str] = mapped_column(String(120), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class ReviewImport(Owned):
    """A file of reviews on its way in; `position` is the byte at which the next piece begins."""

    __tablename__ = "review_imports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    platform: Mapped[str] = mapped_column(String(16))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8))
    headers: Mapped[list[Any]]
    samples: Mapped[list[Any]]
    signature: Mapped[str] = mapped_column(String(32))
    mapping: Mapped[dict[str, Any]]
    remembered: Mapped[bool]
    rating_scale: Mapped[str] = mapped_column(String(12))
    label_scale: Mapped[str] = mapped_column(String(12))
    begin: Mapped[int]
    position: Mapped[int]
    total: Mapped[int]
    done: Mapped[int]
    added: Mapped[int]
    duplicates: Mapped[int]
    bad: Mapped[int]
    dates_missing: Mapped[bool]
    failures: Mapped[int]
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(64))
    finished_at: Mapped[datetime | None]


class RememberedMapping(Owned):
    """How the columns of such a file were meant the last time."""

    __tablename__ = "review_mappings"

    signature: Mapped[str] = mapped_column(String(32), primary_key=True)
    mapping: Mapped[dict[str, Any]]
    used_at: Mapped[datetime]
