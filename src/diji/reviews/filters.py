"""One question for every figure and for the list below it: so a figure opens to exactly what it counts."""

from typing import Any

from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import Session

from diji.foundation import own

from .dates import beginning_of
from .models import Review, ReviewAspect, ReviewIssue
from .rules import MOST_WORDS_SOUGHT, Period, Which


def narrowed(
    session: Session,
    which: Which,
    *columns: Any,
    period: Period | None = None,
    newest_first: bool = False,
) -> Select[Any]:
    """A SELECT over the reviews that are meant; a list walks them by time, figures by day."""
    days = period or which.period
    within = _between(days) if newest_first else _within(Review.day, days)
    rows = own(session, *columns).where(*_plain(which), *within)
    if which.aspect or which.phrase:
        rows = rows.where(
            Review.id.in_(aspects_meant(session, which, ReviewAspect.review_id, period=period))
        )
    elif which.sentiment:
        rows = rows.where(Review.sentiment == which.sentiment)
    if which.issue:
        rows = rows.where(
            Review.id.in_(issues_meant(session, which, ReviewIssue.review_id, period=period))
        )
    return rows


def aspects_meant(
    session: Session, which: Which, *columns: Any, period: Period | None = None
) -> Select[Any]:
    """A SELECT over the clauses that are meant, whatever reviews they stand in."""
    rows = own(session, *columns).where(*_within(ReviewAspect.day, period or which.period))
    for column, value in (
        (ReviewAspect.shop_id, which.shop),
        (ReviewAspect.aspect, which.aspect),
        (ReviewAspect.sentiment, which.sentiment),
        (ReviewAspect.phrase, which.phrase),
    ):
        if value:
            rows = rows.where(column == value)
    return rows


def issues_meant(
    session: Session, which: Which, *columns: Any, period: Period | None = None
) -> Select[Any]:
    """A SELECT over the troubles that are meant, whatever reviews tell of them."""
    rows = own(session, *columns).where(*_within(ReviewIssue.day, period or which.period))
    if which.shop:
        rows = rows.where(ReviewIssue.shop_id == which.shop)
    return rows.where(ReviewIssue.issue == which.issue) if which.issue else rows


def asks_of_reviews(which: Which) -> bool:
    """Whether more is asked than clauses know of: only then are they joined to their reviews."""
    review_only = (which.platform, which.product, which.verdict, which.issue, which.words)
    return any(review_only) or any(
        v is not None for v in (which.confident, which.handled, which.dated)
    )


def _plain(which: Which) -> list[Any]:
    asked = [
        column == value
        for column, value in (
            (Review.shop_id, which.shop),
            (Review.platform, which.platform),
            (Review.product, which.product),
            (Review.verdict, which.verdict),
            (Review.confident, which.confident),
            (Review.dated, which.dated),
        )
        if value is not None
    ]
    if which.handled is not None:
        asked.append(
            Review.handled_at.is_not(None) if which.handled else Review.handled_at.is_(None)
        )
    asked += [
        or_(
            *(
                column.contains(word, autoescape=True)
                for column in (Review.text, Review.product_name)
            )
        )
        for word in which.words.split()[:MOST_WORDS_SOUGHT]
    ]
    return asked


def _within(day: Any, period: Period) -> list[Any]:
    bounds = []
    if period.first is not None:
        bounds.append(day >= period.first)
    if period.last is not None:
        bounds.append(day <= period.last)
    return [and_(*bounds)] if bounds else []


def _between(period: Period) -> list[Any]:
    """The same days as moments: the newest of a long period are found without sorting it."""
    bounds = []
    if period.first is not None:
        bounds.append(Review.at >= beginning_of(period.first))
    if period.last is not None:
        bounds.append(Review.at < beginning_of(period.last + 1))
    return bounds
