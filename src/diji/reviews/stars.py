"""What a buyer gave, in the many ways in which platforms write it down: stars, points, words, 0 and 1."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """好评, 中评 or 差评."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Scale(StrEnum):
    """How the figures of a column are meant; one file uses one scale throughout."""

    FIVE = "five"
    TEN = "ten"
    HUNDRED = "hundred"
    ZERO_ONE = "zero_one"
    MINUS_ONE = "minus_one"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as it counts; `stars` is None where it was given in words or as 0 and 1."""

    verdict: Verdict
    stars: float | None = None


_WORDS = {
    Verdict.GOOD: "好评 很好 非常好 好 满意 非常满意 很满意 推荐 正面 积极 正向 good positive pos great excellent",
    Verdict.NEUTRAL: "中评 一般 普通 中性 中立 还行 neutral average ok neu",
    Verdict.BAD: "差评 很差 非常差 差 不满意 非常不满意 很不满意 不满 不推荐 负面 消极 负向 bad negative neg poor",
}
_BY_WORD = {word: verdict for verdict, words in _WORDS.items() for word in words.split()}
_EMPTY = {"", "-", "--", "/", "无", "暂无", "未评分", "未评价", "null", "none", "nan", "n/a", "na"}
_DIGITS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}
_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)(?:/(5|10|100))?(?:分|星|颗星|星级|stars?|points?)?")
_SPELT = re.compile(r"([一二两三四五])(?:颗?星|分|星级)?")
_LARGEST = {Scale.FIVE: 5, Scale.TEN: 10, Scale.HUNDRED: 100}


def verdict_of(stars: float) -> Verdict:
    """Four stars and more are 好评, three 中评, two and fewer 差评; halves count downwards."""
    if stars >= 4:  # noqa: PLR2004 - this line is the definition
        return Verdict.GOOD
    return Verdict.NEUTRAL if stars >= 3 else Verdict.BAD  # noqa: PLR2004


def read_rating(said: str, scale: Scale) -> Rating | None:
    """The rating in a cell, None where there is none; `ValueError` for what is no rating."""
    word = _plain(said)
    if word in _EMPTY:
        return None
    if word in _BY_WORD:
        return Rating(_BY_WORD[word])
    drawn = _drawn(word)
    if drawn is not None:
        return _rated(drawn, Scale.FIVE)
    figure, of = _figure(word)
    if figure is None:
        raise ValueError(said)
    return _rated(figure, _SCALE_BY_TOP.get(of, scale))


def find_scale(values: Iterable[str], header: str = "") -> Scale:
    """The scale on which a whole column makes sense; a few slips do not change it."""
    figures = [figure for value in values if (figure := _figure(_plain(value))[0]) is not None]
    if not figures:
        return Scale.FIVE
    if set(figures) <= {-1.0, 0.0, 1.0}:
        if -1.0 in figures:
            return Scale.MINUS_ONE
        # Only ones: all good where a person labelled, all bad where buyers give stars.
        labelled = any(word in header.lower() for word in ("label", "标", "sentiment", "情感"))
        return Scale.ZERO_ONE if 0.0 in figures or labelled else Scale.FIVE
    if _share_above(10, figures) >= _ENOUGH:
        return Scale.HUNDRED
    ten = "10分" in header or "十分制" in header or _share_above(5, figures) >= _ENOUGH
    return Scale.TEN if ten else Scale.FIVE


_ENOUGH = 0.25


def _share_above(top: int, figures: list[float]) -> float:
    return sum(figure > top for figure in figures) / len(figures)


def looks_like_ratings(values: Iterable[str]) -> bool:
    """Whether most of what stands in a column can be read as ratings."""
    said = [value for value in values if _plain(value) not in _EMPTY]
    return bool(said) and sum(map(_readable, said)) >= 0.6 * len(said)


_SCALE_BY_TOP = {"5": Scale.FIVE, "10": Scale.TEN, "100": Scale.HUNDRED}


def _plain(said: str) -> str:
    return "".join(unicodedata.normalize("NFKC", said).lower().split())


def _drawn(word: str) -> float | None:
    """`★★★★☆` is four stars."""
    full = word.count("★") + word.count("⭐")
    rest = set(word) - set("★⭐☆\ufe0f")
    return float(full) if full and not rest else None


def _figure(word: str) -> tuple[float | None, str]:
    spelt = _SPELT.fullmatch(word)
    if spelt:
        return float(_DIGITS[spelt[1]]), ""
    found = _FIGURE.fullmatch(word)
    return (float(found[1]), found[2] or "") if found else (None, "")


def _rated(figure: float, scale: Scale) -> Rating | None:
    if scale in {Scale.ZERO_ONE, Scale.MINUS_ONE}:
        return Rating(_binary(figure, scale))
    top = _LARGEST[scale]
    if not 0 <= figure <= top:
        raise ValueError(figure)
    # Platforms write 0 where the buyer gave none: one star is the least.
    stars = figure * 5 / top
    return Rating(verdict_of(stars), stars) if figure else None


def _binary(figure: float, scale: Scale) -> Verdict:
    low = Verdict.BAD if scale is Scale.ZERO_ONE else Verdict.NEUTRAL
    return {1.0: Verdict.GOOD, 0.0: low, -1.0: Verdict.BAD}[figure]


def _readable(said: str) -> bool:
    word = _plain(said)
    return word in _BY_WORD or _drawn(word) is not None or _figure(word)[0] is not None
