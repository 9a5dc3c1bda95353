"""The figures of the board: each says what it counts, of how many, and what it was in the period before."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import case, distinct, func
from sqlalchemy.orm import Session

from diji.foundation import own

from .dates import date_of
from .filters import asks_of_reviews, aspects_meant, issues_meant, narrowed
from .models import Review, ReviewAspect, ReviewedProduct, ReviewIssue
from .rules import FEWEST_TO_COMPARE, Period, Which, bare_words, share
from .stars import Verdict

MOST_IN_TABLE = 200
_MONDAY = 4  # 1970-01-05 was one


@dataclass(frozen=True, slots=True)
class Tally:
    """How the reviews of one group count; `by_machine` of them have no stars and count as the machine read them."""

    count: int = 0
    good: int = 0
    neutral: int = 0
    bad: int = 0
    open: int = 0  # bad, and nobody has seen to it
    by_machine: int = 0
    starred: int = 0
    undated: int = 0
    labelled: int = 0
    agree: int = 0
    stars: float | None = None

    @property
    def good_rate(self) -> float | None:
        return share(self.good, self.count)

    @property
    def bad_rate(self) -> float | None:
        return share(self.bad, self.count)


@dataclass(frozen=True, slots=True)
class Totals:
    """Now and in the period before (None where the period has no beginning)."""

    now: Tally
    before: Tally | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """A day, or the week that begins on it."""

    day: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Trend:
    """Reviews by the time they were written; those without a date stand apart."""

    step: Literal["day", "week"]
    buckets: list[Bucket]
    undated: Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: a platform, a product, an issue."""

    id: str
    name: str
    now: Tally
    before: Tally | None = None

    @property
    def change(self) -> float | None:
        """How far the 好评率 moved, in shares of one; None where too few were there to say."""
        if not self.before or min(self.now.count, self.before.count) < FEWEST_TO_COMPARE:
            return None
        return (self.now.good_rate or 0.0) - (self.before.good_rate or 0.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many reviews speak so of an aspect."""

    aspect: str
    sentiment: str
    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that stand for all clauses that say the same; `phrase` opens to the reviews counted."""

    phrase: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What people praise or blame about an aspect."""

    aspect: str
    sentiment: str
    count: int
    clauses: list[Clause] = field(default_factory=list)


def _counted(*, whole: bool = True) -> tuple[Any, ...]:
    def summed(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    few = (
        func.count(Review.id),
        summed(Review.verdict == Verdict.GOOD),
        summed(Review.verdict == Verdict.NEUTRAL),
        summed(Review.verdict == Verdict.BAD),
    )
    if not whole:
        return few
    return (
        *few,
        summed((Review.verdict == Verdict.BAD) & Review.handled_at.is_(None)),
        summed(Review.counted_by == "machine"),
        func.count(Review.stars),
        summed(Review.dated.is_(False)),
        func.count(Review.label),
        summed(Review.label == Review.verdict),
        func.avg(Review.stars),
    )


def _tally(counts: Sequence[Any]) -> Tally:
    stars = counts[-1]
    # PostgreSQL averages to Decimal.
    return replace(Tally(*counts[:-1]), stars=None if stars is None else float(stars))


def totals(session: Session, which: Which) -> Totals:
    since, until = which.period.dates()
    before = which.period.before()
    then = _total(session, which, before) if before else None
    return Totals(_total(session, which, which.period), then, since, until)


def _total(session: Session, which: Which, period: Period) -> Tally:
    return _tally(session.execute(narrowed(session, which, *_counted(), period=period)).one())


def trend(session: Session, which: Which, *, step: Literal["day", "week"] = "day") -> Trend:
    rows = narrowed(session, which, Review.day, Review.dated, *_counted(whole=False))
    days: dict[int, Tally] = {}
    undated = Tally()
    for day, dated, *counts in session.execute(rows.group_by(Review.day, Review.dated)):
        if not dated:
            undated = _sum(undated, Tally(*counts))
            continue
        begin = day - (day - _MONDAY) % 7 if step == "week" else day
        days[begin] = _sum(days.get(begin, Tally()), Tally(*counts))
    return Trend(step, [Bucket(date_of(day), days[day]) for day in sorted(days)], undated)


def _sum(a: Tally, b: Tally) -> Tally:
    return Tally(a.count + b.count, a.good + b.good, a.neutral + b.neutral, a.bad + b.bad)


def platforms(session: Session, which: Which) -> list[Line]:
    lines = _table(session, which, Review.platform)
    return sorted(lines, key=lambda line: -line.now.count)


_Order = Literal["falling", "count", "bad"]
_ORDERS: dict[str, Callable[[Line], tuple[float, float]]] = {
    # Who cannot be compared comes after those who did not fall.
    "falling": lambda line: (1.0 if line.change is None else line.change, -line.now.bad),
    "count": lambda line: (-line.now.count, -line.now.bad),
    "bad": lambda line: (-line.now.bad, line.now.good_rate or 0.0),
}


def products(
    session: Session, which: Which, *, order: _Order = "falling", limit: int = 50
) -> list[Line]:
    """`falling`: those first whose 好评率 fell furthest against the period before."""
    lines = sorted(_table(session, which, Review.product), key=_ORDERS[order])
    return lines[: min(limit, MOST_IN_TABLE)]


def _table(session: Session, which: Which, key: Any) -> list[Line]:
    now = _grouped(session, which, key, which.period)
    before = which.period.before()
    then = _grouped(session, which, key, before) if before else {}
    names = _names(session) if key is Review.product else {}
    none = Tally() if before else None
    return [Line(k, names.get(k) or k, tally, then.get(k, none)) for k, tally in now.items()]


def _grouped(session: Session, which: Which, key: Any, period: Period) -> dict[str, Tally]:
    rows = narrowed(session, which, key, *_counted(), period=period).group_by(key)
    return {k: _tally(tuple(counts)) for k, *counts in session.execute(rows)}


def _names(session: Session) -> dict[str, str]:
    rows = session.execute(own(session, ReviewedProduct.product, ReviewedProduct.name))
    return {row.product: row.name for row in rows}


def aspects(session: Session, which: Which) -> list[Cell]:
    """The heat map: a review that praises an aspect twice counts once."""
    now = _cells(session, which, which.period)
    before = which.period.before()
    then = _cells(session, which, before) if before else None
    return [
        Cell(a, s, n, None if then is None else then.get((a, s), 0))
        for (a, s), n in sorted(now.items())
    ]


def _cells(session: Session, which: Which, period: Period) -> dict[tuple[str, str], int]:
    # A phrase may stand in a further clause only: then the mark does not help and DISTINCT does.
    counted = (
        func.count(distinct(ReviewAspect.review_id))
        if which.phrase
        else func.sum(case((ReviewAspect.again, 0), else_=1))
    )
    rows = _clauses(
        session, which, ReviewAspect.aspect, ReviewAspect.sentiment, counted, period=period
    )
    found = session.execute(rows.group_by(ReviewAspect.aspect, ReviewAspect.sentiment))
    return {(aspect, sentiment): int(count) for aspect, sentiment, count in found}


def _clauses(session: Session, which: Which, *columns: Any, period: Period | None = None) -> Any:
    """Clauses of the reviews that are meant; the reviews are looked at only when something is asked of them."""
    rows = aspects_meant(session, which, *columns, period=period)
    if asks_of_reviews(which):
        rows = rows.where(
            ReviewAspect.review_id.in_(narrowed(session, which, Review.id, period=period))
        )
    return rows


def voices(session: Session, which: Which, *, clauses: int = 5) -> list[Voice]:
    """What is praised and what is blamed, most often first, in the words that were used most."""
    cells = [c for c in aspects(session, which) if c.sentiment != "neutral"]
    # In a large shop what only one review says stands for nobody else.
    fewest = 1 if sum(c.count for c in cells) <= _FEW_CLAUSES else 2
    counted = func.count(ReviewAspect.review_id)
    keys = (ReviewAspect.aspect, ReviewAspect.sentiment, ReviewAspect.phrase)
    said = _clauses(session, which, *keys, counted, func.max(ReviewAspect.review_id))
    said = said.where(ReviewAspect.phrase != "", ReviewAspect.sentiment != "neutral").group_by(
        *keys
    )
    best: defaultdict[tuple[str, str], list[tuple[str, int, str]]] = defaultdict(list)
    found = session.execute(
        said.having(counted >= fewest).order_by(counted.desc(), ReviewAspect.phrase)
    ).all()
    once = _standing_once([(a, s, p, n) for a, s, p, n, _ in found], cells)
    for aspect, sentiment, phrase, count, review_id in found:
        if once[sentiment, phrase] == aspect and len(best[aspect, sentiment]) < clauses:
            best[aspect, sentiment].append((phrase, count, review_id))
    words = _words(session, {review_id for many in best.values() for _, _, review_id in many})
    shown = [_voice(cell, best[cell.aspect, cell.sentiment], words) for cell in cells]
    return sorted(shown, key=lambda voice: -voice.count)


_FEW_CLAUSES = 5_000


def _standing_once(
    found: list[tuple[str, str, str, int]], cells: list[Cell]
) -> dict[tuple[str, str], str]:
    """Under which aspect a phrase stands that speaks of several: where it is said most, then the rarer one."""
    sizes = {(cell.aspect, cell.sentiment): cell.count for cell in cells}
    places: dict[tuple[str, str], tuple[int, int, str]] = {}
    for aspect, sentiment, phrase, count in found:
        here = (-count, sizes.get((aspect, sentiment), 0), aspect)
        places[sentiment, phrase] = min(here, places.get((sentiment, phrase), here))
    return {words: aspect for words, (_, _, aspect) in places.items()}


def _words(session: Session, review_ids: set[str]) -> dict[tuple[str, ...], str]:
    """The clauses as they were written, from the newest review that says so."""
    keys = (
        ReviewAspect.review_id,
        ReviewAspect.aspect,
        ReviewAspect.sentiment,
        ReviewAspect.phrase,
    )
    rows = own(session, *keys, ReviewAspect.text).where(
        ReviewAspect.review_id.in_(sorted(review_ids))
    )
    return {tuple(key): text for *key, text in session.execute(rows)}


def _voice(
    cell: Cell, said: list[tuple[str, int, str]], words: dict[tuple[str, ...], str]
) -> Voice:
    clauses = [
        Clause(
            phrase,
            bare_words(words.get((review_id, cell.aspect, cell.sentiment, phrase), phrase)),
            count,
        )
        for phrase, count, review_id in said
    ]
    return Voice(cell.aspect, cell.sentiment, cell.count, clauses)


def issues(session: Session, which: Which) -> list[Cell]:
    """How many reviews tell of each trouble; as cells without sentiment."""
    now = _troubles(session, which, which.period)
    before = which.period.before()
    then = _troubles(session, which, before) if before else None
    cells = [Cell(i, "", n, None if then is None else then.get(i, 0)) for i, n in now.items()]
    return sorted(cells, key=lambda cell: -cell.count)


def _troubles(session: Session, which: Which, period: Period) -> dict[str, int]:
    rows = issues_meant(
        session, which, ReviewIssue.issue, func.count(ReviewIssue.review_id), period=period
    )
    if asks_of_reviews(which) or which.aspect or which.phrase or which.sentiment:
        rows = rows.where(
            ReviewIssue.review_id.in_(narrowed(session, which, Review.id, period=period))
        )
    return {
        str(issue): int(count) for issue, count in session.execute(rows.group_by(ReviewIssue.issue))
    }
