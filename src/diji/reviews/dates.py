"""When a review was written, in the many ways in which exports write times; bare times are China's."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # no summer time since 1991: a fixed offset is exact

_EMPTY = {
    "",
    "-",
    "--",
    "/",
    "无",
    "暂无",
    "null",
    "none",
    "nan",
    "nat",
    "n/a",
    "0000-00-00 00:00:00",
}
_DAY = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ t,]*(?P<half>上午|下午|中午|晚上|凌晨|早上|am|pm)?[ ]*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?分?"
    r"(?::?(?P<second>\d{1,2})秒?)?(?:[.]\d+)?[ ]*(?P<after>am|pm)?[ ]*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ ]?(\d{2}):?(\d{2}):?(\d{2})?)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPELT = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%a %b %d %H:%M:%S %Y")
_SERIAL_ZERO = datetime(1899, 12, 30, tzinfo=CHINA)  # Excel believes that 1900 was a leap year
_SERIALS = range(36526, 73051)  # 2000 to 2099
_SECONDS = range(946_684_800, 4_102_444_800)


def read_date(said: str) -> datetime | None:
    """The time in a cell as UTC, None where there is none; `ValueError` for what is no date."""
    word = " ".join(unicodedata.normalize("NFKC", said).lower().split())
    if word in _EMPTY:
        return None
    found = _DAY.fullmatch(word)
    if found:
        return _from_parts(found)
    if _NUMBER.fullmatch(word):
        return _from_number(word)
    compact = _COMPACT.fullmatch(word)
    if compact:
        return _local(*(int(part or 0) for part in compact.groups()))
    return _from_words(word)


def looks_like_dates(values: Iterable[str]) -> bool:
    """Whether most of what stands in a column can be read as dates."""
    said = [value for value in values if value.strip()]
    return bool(said) and sum(map(_readable, said)) >= 0.6 * len(said)


def china_day(moment: datetime) -> int:
    """The day on China's calendar, counted from 1970: what charts are grouped by."""
    return (moment.astimezone(CHINA).date() - date(1970, 1, 1)).days


def date_of(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


def beginning_of(day: int) -> datetime:
    """Midnight in China."""
    return datetime.combine(date_of(day), datetime.min.time(), CHINA).astimezone(UTC)


def day_of(when: date) -> int:
    return (when - date(1970, 1, 1)).days


def _readable(said: str) -> bool:
    try:
        return read_date(said) is not None
    except ValueError:
        return False


def _from_parts(found: re.Match[str]) -> datetime:
    part = found.groupdict()
    hour = int(part["hour"] or 0)
    half = part["half"] or part["after"]
    if half in {"下午", "晚上", "pm", "中午"} and 0 < hour < (3 if half == "中午" else 12):
        hour += 12
    elif half in {"am", "上午", "凌晨"} and hour == 12:  # noqa: PLR2004
        hour = 0
    day = (int(part[name]) for name in ("year", "month", "day"))
    moment = _local(*day, hour, int(part["minute"] or 0), int(part["second"] or 0))
    if not part["zone"]:
        return moment
    bare = moment.astimezone(CHINA).replace(tzinfo=None)
    return bare.replace(tzinfo=_zone(part["zone"])).astimezone(UTC)


def _zone(word: str) -> timezone:
    if word in {"z", "utc", "gmt"}:
        return UTC
    offset = timedelta(hours=int(word[1:3]), minutes=int(word[-2:]))
    return timezone(offset if word[0] == "+" else -offset)


def _from_number(word: str) -> datetime:
    """A day written without marks, a moment counted by a machine, or Excel's count of days."""
    figure = float(word)
    if "." not in word and len(word) in {8, 14}:
        return _local(*(int(word[at : at + size]) for at, size in _cuts(len(word))))
    if int(figure) in _SERIALS:
        moment = _SERIAL_ZERO + timedelta(seconds=round(figure * 86_400))
        return moment.astimezone(UTC)
    for unit in (1, 1_000):
        if int(figure / unit) in _SECONDS:
            return datetime.fromtimestamp(figure / unit, UTC)
    raise ValueError(word)


def _cuts(length: int) -> list[tuple[int, int]]:
    return [(0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2)][: 3 if length == 8 else 6]  # noqa: PLR2004


def _from_words(word: str) -> datetime:
    for form in _SPELT:
        try:
            return datetime.strptime(word, form).replace(tzinfo=CHINA).astimezone(UTC)
        except ValueError:
            continue
    raise ValueError(word)


def _local(*parts: int) -> datetime:
    year, month, day, *clock = parts
    hour, minute, second = [*clock, 0, 0, 0][:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=CHINA).astimezone(UTC)
