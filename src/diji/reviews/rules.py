"""What a row of a file says as a review, and how reviews are counted."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from diji import understanding

from .columns import Field
from .dates import CHINA, date_of, day_of, read_date
from .stars import Rating, Scale, Verdict, read_rating

LONGEST_TEXT = 5_000
LATER = "追评："  # stands in a text before what the buyer added later
MOST_WORDS_SOUGHT = 5
FEWEST_TO_COMPARE = 5  # reviews in both periods, before a product may be said to fall

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_LONGEST_PHRASE = 24
_DEGREES = re.compile(
    r"非常|特别|十分|真的|真心|确实|实在|超级|比较|有点儿?|有些|还是|感觉|觉得|太|很|超|真|挺|蛮|好好|也|都|就|是|的|了|啊|呢|吧|呀|哦|哈|啦|嘛|地|得"
)
_EARLIEST = 2000
_CLOCKS_DIFFER = timedelta(days=1)


class ImportState(StrEnum):
    """How far an import is."""

    PROPOSED = "proposed"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which column holds what, and on which scales the figures are."""

    columns: Mapping[str, int]
    rating_scale: Scale = Scale.FIVE
    label_scale: Scale = Scale.ZERO_ONE
    width: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file that is a review."""

    fingerprint: str
    product: str
    product_name: str
    sku: str
    order_id: str
    buyer: str
    rating: Rating | None
    label: Verdict | None
    text: str
    has_words: bool
    written_at: datetime | None


class BadRow(ValueError):
    """Why a row is no review, in the words that stand beside it in the file we give back."""


def read_row(cells: Sequence[str], mapping: Plan, *, now: datetime) -> Row:
    """The review in a row; raises `BadRow` with the reason."""
    said = _cells(cells, mapping)
    first, more = said[Field.TEXT], said[Field.MORE]
    text = f"{first}\n{LATER}{more}" if first and more else first or more
    if len(text) > LONGEST_TEXT:
        raise BadRow(f"内容超过 {LONGEST_TEXT} 字")
    rating = _rating(said[Field.RATING], mapping.rating_scale, "评分")
    has_words = bool(text) and not understanding.is_standard(text)
    if not has_words and rating is None:
        raise BadRow("没有评价内容，也没有评分")
    written_at = _date(said[Field.DATE], now)
    label = _rating(said[Field.LABEL], mapping.label_scale, "标签")
    if not text and not (
        written_at or said[Field.ORDER] or said[Field.BUYER] or said[Field.REVIEW]
    ):
        raise BadRow("没有评价内容，也没有订单、买家或时间，无法与其他行区分")
    return Row(
        fingerprint=_fingerprint(said, written_at),
        product=(said[Field.CODE] or said[Field.PRODUCT])[:120],
        product_name=said[Field.PRODUCT][:200],
        sku=said[Field.SKU][:200],
        order_id=mask_number(said[Field.ORDER]),
        buyer=mask_name(said[Field.BUYER]),
        rating=rating,
        label=label.verdict if label else None,
        text=text,
        has_words=has_words,
        written_at=written_at,
    )


def _cells(cells: Sequence[str], mapping: Plan) -> dict[Field, str]:
    """Each field's words. Surplus cells mean commas that nobody quoted: they belong to the text if it is last."""
    cells = list(cells)
    text = mapping.columns.get(Field.TEXT)
    surplus = [cell for cell in cells[mapping.width :] if cell.strip()]
    if mapping.width and surplus:
        if text != mapping.width - 1:
            raise BadRow("列数比表头多：内容里的逗号可能没有加引号")
        cells[text:] = ["，".join([cells[text], *surplus])]
    return {
        field: clean(cells[column])
        if (column := mapping.columns.get(field)) is not None and column < len(cells)
        else ""
        for field in Field
    }


def clean(said: str) -> str:
    """Words without what no eye sees; the apostrophe with which we disarm formulas is taken off again."""
    said = _CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return armed_again(said).strip()


def is_formula(said: str) -> bool:
    """Whether a spreadsheet might run this cell; full-width marks count, some programs fold them.

    A tab before a number, with which platforms keep order numbers whole, runs nothing and stays.
    """
    bare = said.lstrip(" \t\r\n\u3000\xa0\ufeff")
    return bool(bare) and unicodedata.normalize("NFKC", bare[0]) in {"=", "+", "-", "@"}


def harmless(said: str) -> str:
    """A cell that a spreadsheet shows and never runs."""
    return f"'{said}" if is_formula(said) else said


def armed_again(said: str) -> str:
    """The cell as it was before it was made harmless."""
    return said[1:] if said.startswith("'") and is_formula(said[1:]) else said


def _rating(said: str, scale: Scale, name: str) -> Rating | None:
    try:
        return read_rating(said, scale)
    except ValueError:
        raise BadRow(f"{name}无法识别：{said[:20]}") from None


def _date(said: str, now: datetime) -> datetime | None:
    try:
        moment = read_date(said)
    except (ValueError, OverflowError):
        raise BadRow(f"时间无法识别：{said[:30]}") from None
    if moment and moment.year < _EARLIEST:
        raise BadRow(f"时间太早：{said[:30]}")
    if moment and moment > now + _CLOCKS_DIFFER:
        raise BadRow(f"时间在未来：{said[:30]}")
    return moment


def _fingerprint(said: Mapping[Field, str], written_at: datetime | None) -> str:
    """What makes a review the same one when it is imported again."""
    product = said[Field.CODE] or said[Field.PRODUCT]
    words = "".join(unicodedata.normalize("NFKC", said[Field.TEXT]).split())
    if said[Field.REVIEW]:
        parts = ["review", said[Field.REVIEW]]
    elif said[Field.ORDER]:
        parts = ["order", said[Field.ORDER], product, said[Field.SKU], words]
    else:
        when = written_at.isoformat() if written_at else ""
        parts = [
            "row",
            said[Field.BUYER],
            when,
            product,
            said[Field.SKU],
            said[Field.RATING],
            words,
            said[Field.MORE],
        ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:40]


def mask_number(number: str) -> str:
    """The last four are enough to recognise an order and too few to misuse it."""
    return f"…{number[-4:]}" if len(number) > 4 else number  # noqa: PLR2004


def mask_name(name: str) -> str:
    if len(name) <= 1 or "*" in name:
        return name[:40]
    return f"{name[0]}**{name[-1]}" if len(name) > 2 else f"{name[0]}*"  # noqa: PLR2004


def bare_words(clause: str) -> str:
    """A clause as a list shows it: without the mark before a later addition, and marks and emoji around it."""
    said = clause.strip().removeprefix(LATER)
    kept = [place for place, c in enumerate(said) if c.isalnum() or c in "）)》”"]
    return said[: kept[-1] + 1].lstrip("，。！？、~…,.!? \n") if kept else said


def phrase(clause: str) -> str:
    """What clauses that say the same have in common: 物流太慢了 and 物流很慢 are both 物流慢."""
    said = clause.strip().removeprefix(LATER)
    bare = "".join(c for c in unicodedata.normalize("NFKC", said).lower() if c.isalnum())
    return (_DEGREES.sub("", bare) or bare)[:_LONGEST_PHRASE]


@dataclass(frozen=True, slots=True)
class Period:
    """Days on China's calendar, both ends included; None is open."""

    first: int | None = None
    last: int | None = None

    def before(self) -> "Period | None":
        """As many days, directly before; None where there is no beginning."""
        if self.first is None or self.last is None:
            return None
        days = self.last - self.first + 1
        return Period(self.first - days, self.first - 1)

    def dates(self) -> tuple[date | None, date | None]:
        first = None if self.first is None else date_of(self.first)
        return first, None if self.last is None else date_of(self.last)


def period_between(since: date | None, until: date | None, *, now: datetime) -> Period:
    """An open end of a period that has a beginning is today."""
    last = day_of(until) if until else day_of(now.astimezone(CHINA).date()) if since else None
    return Period(day_of(since) if since else None, last)


@dataclass(frozen=True, slots=True)
class Which:
    """Which reviews are meant: every figure and the list below it take the same question.

    `verdict` is how a review counts; `sentiment` is an aspect's where an aspect is named, else what the machine read.
    """

    shop: str | None = None
    platform: str | None = None
    product: str | None = None
    aspect: str | None = None
    sentiment: str | None = None
    verdict: str | None = None
    issue: str | None = None
    phrase: str | None = None
    words: str = ""
    confident: bool | None = None
    handled: bool | None = None
    dated: bool | None = None
    period: Period = Period()


def share(part: int, whole: int) -> float | None:
    """A rate, or None of nothing: an empty shop has no 好评率 of 0 %."""
    return part / whole if whole else None
