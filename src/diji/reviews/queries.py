"""What can be asked: the imports, and the reviews themselves."""

import base64
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from diji.foundation import Invalid, NotFound, own

from .filters import narrowed
from .models import Review, ReviewAspect, ReviewImport, ReviewIssue
from .rules import ImportState, Plan, Which
from .stars import Scale


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file of reviews on its way in."""

    id: str
    shop_id: str
    platform: str
    file_name: str
    state: ImportState
    headers: list[str]
    samples: list[list[str]]
    mapping: dict[str, int]
    remembered: bool
    begin: int
    position: int
    total: int
    done: int
    added: int
    duplicates: int
    bad: int
    dates_missing: bool
    error: str | None
    created_at: datetime
    finished_at: datetime | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class AspectView:
    """A clause and what it speaks of: `text` is the review's `[start:end]`."""

    aspect: str
    sentiment: str
    start: int
    end: int
    text: str
    phrase: str


@dataclass(frozen=True, slots=True)
class IssueView:
    """What went wrong, and how sure the machine is."""

    issue: str
    score: float


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review with what the machine read in it."""

    id: str
    shop_id: str
    platform: str
    product: str
    product_name: str
    sku: str
    order_id: str
    buyer: str
    stars: float | None
    verdict: str
    counted_by: str
    label: str | None
    text: str
    written_at: datetime | None
    imported_at: datetime
    sentiment: str
    sentiment_scores: dict[str, Any]
    mixed: bool
    confident: bool
    handled_at: datetime | None
    handled_by: str | None
    aspects: tuple[AspectView, ...]
    issues: tuple[IssueView, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some reviews, newest first, and where the next page begins."""

    reviews: list[ReviewView]
    after: str | None


def get_import_row(session: Session, import_id: str) -> ReviewImport:
    rows = own(session, ReviewImport).where(ReviewImport.id == import_id)
    found: ReviewImport | None = session.scalars(rows).first()
    if found is None:
        raise NotFound("没有这次导入", "There is no such import", review_import=import_id)
    return found


def get_import(session: Session, import_id: str) -> ImportView:
    return _import(get_import_row(session, import_id))


def scales_before(session: Session, import_id: str) -> tuple[Scale, Scale] | None:
    """On which scales the figures were in the last file with the same headers."""
    this = get_import_row(session, import_id)
    rows = own(session, ReviewImport).where(
        ReviewImport.signature == this.signature,
        ReviewImport.id != import_id,
        ReviewImport.state != ImportState.PROPOSED,
    )
    last: ReviewImport | None = session.scalars(
        rows.order_by(ReviewImport.created_at.desc(), ReviewImport.id.desc()).limit(1)
    ).first()
    return (Scale(last.rating_scale), Scale(last.label_scale)) if last else None


def imports(session: Session, *, limit: int = 50) -> list[ImportView]:
    """Newest first."""
    rows = own(session, ReviewImport).order_by(ReviewImport.created_at.desc()).limit(limit)
    return [_import(row) for row in session.scalars(rows)]


def imports_left(session: Session, *, before: datetime) -> list[str]:
    """Imports that nobody confirmed, resumed or mended for so long that their files may go."""
    waiting = ReviewImport.state.in_([ImportState.PROPOSED, ImportState.FAILED])
    over = ReviewImport.state == ImportState.FINISHED
    rows = own(session, ReviewImport.id).where(
        or_(
            and_(waiting, ReviewImport.created_at < before),
            and_(over, ReviewImport.finished_at < before),
        )
    )
    return list(session.scalars(rows))


def _import(r: ReviewImport) -> ImportView:
    width = len(r.headers)
    plan = Plan(r.mapping, Scale(r.rating_scale), Scale(r.label_scale), width)
    return ImportView(
        r.id, r.shop_id, r.platform, r.file_name, ImportState(r.state), r.headers, r.samples, r.mapping,
        r.remembered, r.begin, r.position, r.total, r.done, r.added, r.duplicates, r.bad, r.dates_missing,
        r.error, r.created_at, r.finished_at, plan,
    )  # fmt: skip


def get_review(session: Session, review_id: str) -> ReviewView:
    found = session.scalars(own(session, Review).where(Review.id == review_id)).first()
    if found is None:
        raise NotFound("没有这条评价", "There is no such review", review=review_id)
    return _with_readings(session, [found])[0]


def reviews(session: Session, which: Which, *, after: str | None = None, limit: int = 50) -> Page:
    """The reviews that are meant, newest first; `after` is where the page before ended."""
    rows = narrowed(session, which, Review, newest_first=True)
    if after:
        at, review_id = _place(after)
        rows = rows.where(or_(Review.at < at, and_(Review.at == at, Review.id < review_id)))
    found = list(
        session.scalars(rows.order_by(Review.at.desc(), Review.id.desc()).limit(limit + 1))
    )
    more = len(found) > limit
    shown = _with_readings(session, found[:limit])
    return Page(shown, _mark(found[limit - 1]) if more else None)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _mark(review: Review) -> str:
    whole = (review.at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{whole}.{review.id}".encode()).decode().rstrip("=")


def _place(mark: str) -> tuple[datetime, str]:
    try:
        whole, review_id = (
            base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode().split(".")
        )
        return _EPOCH + timedelta(microseconds=int(whole)), review_id
    except (ValueError, OverflowError):
        raise Invalid("翻页标记有误", "This page mark cannot be read") from None


def _with_readings(session: Session, found: list[Review]) -> list[ReviewView]:
    ids = [review.id for review in found]
    aspects: defaultdict[str, list[AspectView]] = defaultdict(list)
    clauses = own(session, ReviewAspect).where(ReviewAspect.review_id.in_(ids))
    for a in session.scalars(clauses.order_by(ReviewAspect.review_id, ReviewAspect.place)):
        aspects[a.review_id].append(
            AspectView(a.aspect, a.sentiment, a.start, a.end, a.text, a.phrase)
        )
    issues: defaultdict[str, list[IssueView]] = defaultdict(list)
    for i in session.scalars(own(session, ReviewIssue).where(ReviewIssue.review_id.in_(ids))):
        issues[i.review_id].append(IssueView(i.issue, i.score))
    return [_review(r, tuple(aspects[r.id]), tuple(issues[r.id])) for r in found]


def _review(
    r: Review, aspects: tuple[AspectView, ...], issues: tuple[IssueView, ...]
) -> ReviewView:
    return ReviewView(
        r.id, r.shop_id, r.platform, r.product, r.product_name, r.sku, r.order_id, r.buyer, r.stars, r.verdict,
        r.counted_by, r.label, r.text, r.written_at, r.imported_at, r.sentiment, r.sentiment_scores, r.mixed,
        r.confident, r.handled_at, r.handled_by, aspects, issues,
    )  # fmt: skip
