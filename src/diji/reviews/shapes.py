"""How reviews and their figures look on the wire."""

from datetime import date, datetime
from typing import Any

from diji.foundation import Shape

from .columns import is_reply
from .queries import ImportView


class ColumnOut(Shape):
    index: int
    header: str
    reply: bool  # the shop's own words, which are no review
    samples: list[str]


class ImportOut(Shape):
    id: str
    shop_id: str
    platform: str
    file_name: str
    state: str
    columns: list[ColumnOut]
    mapping: dict[str, int]
    remembered: bool
    total: int
    done: int
    added: int
    duplicates: int
    bad: int
    dates_missing: bool
    error: str | None
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, view: ImportView) -> "ImportOut":
        columns = [
            ColumnOut(
                index=at,
                header=h,
                reply=is_reply(h),
                samples=[row[at][:200] if at < len(row) else "" for row in view.samples],
            )
            for at, h in enumerate(view.headers)
        ]
        same = {
            name: getattr(view, name)
            for name in cls.model_fields
            if name not in {"columns", "state"}
        }
        return cls(columns=columns, state=view.state.value, **same)


class TallyOut(Shape):
    """`byMachine` of `count` have no stars and count as the machine read them; rates are of `count`."""

    count: int
    good: int
    neutral: int
    bad: int
    open: int
    by_machine: int
    starred: int
    stars: float | None
    undated: int
    labelled: int
    agree: int
    good_rate: float | None
    bad_rate: float | None


class TotalsOut(Shape):
    now: TallyOut
    before: TallyOut | None
    since: date | None
    until: date | None


class BucketOut(Shape):
    day: date
    tally: TallyOut


class TrendOut(Shape):
    step: str
    buckets: list[BucketOut]
    undated: TallyOut


class LineOut(Shape):
    id: str
    name: str
    now: TallyOut
    before: TallyOut | None
    change: float | None


class CellOut(Shape):
    """`aspect` is the issue's id where issues are asked for, and `sentiment` is empty then."""

    aspect: str
    sentiment: str
    count: int
    before: int | None


class ClauseOut(Shape):
    phrase: str
    text: str
    count: int


class VoiceOut(Shape):
    aspect: str
    sentiment: str
    count: int
    clauses: list[ClauseOut]


class AspectOut(Shape):
    aspect: str
    sentiment: str
    start: int
    end: int
    text: str
    phrase: str


class IssueOut(Shape):
    issue: str
    score: float


class ReviewOut(Shape):
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
    aspects: list[AspectOut]
    issues: list[IssueOut]


class PageOut(Shape):
    """`after` opens the next page; None on the last."""

    reviews: list[ReviewOut]
    after: str | None
