"""Reads reviews: good, so-so or bad, what they speak of, and whether that may be trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import review_heads, review_tone, review_view, tables, trouble
from .normalise import is_foreign
from .odds import best, sigmoid
from .reading import Aspect, ReviewReading, Span
from .review_aspects import aspects_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .review_heads import Heads
    from .review_view import Reviews

# Log-odds below this are a matter of taste: people too call such reviews neither good nor bad.
NEUTRAL_MARGIN = 0.15
# And how much wider that is where it says so-so, or praises and blames.
_WIDER_SO_SO, _WIDER_MIXED = 0.3, 0.15
# What praise says at most where it may be mocking: so-so. Of unseen shops' reviews that look
# ironic nineteen in twenty do praise, so that nothing is turned round.
_IRONIC_ODDS = 0.05
# From how far above the cut of doubt irony is likely, in log-odds; more for louder praise.
_IRONIC_FROM, _PER_LOUDNESS = -1.0, 0.5
# How far above the cut of doubt both sides at once are plain.
_PLAINLY_MIXED = 0.3
_LARGEST_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Models:
    """What reads beside the tone; None where weights are not installed."""

    aspects: Heads | None
    doubts: Heads | None


def read_review(text: str) -> ReviewReading:
    """Understand one review; never raises, whatever the text."""
    return read_reviews([text])[0]


def read_reviews(texts: Sequence[str]) -> list[ReviewReading]:
    """Understand many reviews at once, in their order."""
    shipped = Models(review_heads.load("aspects"), review_heads.load("doubts"))
    return read_with(shipped, texts)


def read_with(models: Models, texts: Sequence[str]) -> list[ReviewReading]:
    """The same with given models: a recipe measures those that have not seen the texts."""
    readings: list[ReviewReading] = []
    for first in range(0, len(texts), _LARGEST_BATCH):
        readings += _read_batch(models, texts[first : first + _LARGEST_BATCH])
    return readings


def _read_batch(models: Models, texts: Sequence[str]) -> list[ReviewReading]:
    seen = review_view.view(texts)
    aspects = aspects_in(models.aspects, texts, seen)
    sure, doubts = _doubts(models.doubts, seen)
    tones: list[float] = seen.tones.tolist()
    wholes: list[float] = seen.wholes.tolist()
    readings, place = [], 0
    for number, text in enumerate(texts):
        size = len(seen.cuts[number])
        said = tones[place : place + size]
        place += size
        told = (text, seen.plains[number], seen.cuts[number], said)
        readings.append(
            _reading(*told, wholes[number], aspects[number], doubts[number], sure=sure[number])
        )
    return readings


def _doubts(model: Heads | None, seen: Reviews) -> tuple[list[bool], list[dict[str, float]]]:
    """Whether each review may be trusted, and how far each doubt lies above its cut in log-odds.

    Without the models of tone and doubts nothing is sure.
    """
    if model is None:
        return [False] * len(seen.plains), [{} for _ in seen.plains]
    above = model.above_cuts(seen.grams, review_view.review_numbers(seen))
    doubts = [dict(zip(model.labels, row, strict=True)) for row in above.tolist()]
    if review_tone.load() is None:
        return [False] * len(doubts), doubts
    rule = model.card["sure"]
    scores = review_view.trust_numbers(seen, above) @ rule["weights"] + rule["bias"]
    sure: list[bool] = (scores >= rule["cut"]).tolist()
    return sure, doubts


def _reading(
    text: str,
    plain: str,
    cut: list[tuple[int, int]],
    tones: list[float],
    odds: float,
    aspects: tuple[Aspect, ...],
    doubts: dict[str, float],
    *,
    sure: bool,
) -> ReviewReading:
    troubles = trouble.issues_in(plain, said=True)
    issues = troubles.ranked()
    ironic = doubts.get("ironic", -99.0) >= _IRONIC_FROM + _PER_LOUDNESS * max(odds, 0)
    mixed = _is_mixed(plain, tones, doubts)
    so_so = tables.pattern("polarity", "so_so").search(plain) is not None
    if ironic:
        odds = min(odds, _IRONIC_ODDS)
    scores = _scores(odds, mixed=mixed, so_so=so_so)
    wordless = (
        is_foreign(plain) or not any(letter.isalnum() for letter in plain) or is_standard(plain)
    )
    if wordless:
        scores = {"positive": 0.2, "neutral": 0.6, "negative": 0.2}
    sentiment = best(scores)
    return ReviewReading(
        sentiment=sentiment,
        sentiment_scores={key: round(value, 4) for key, value in scores.items()},
        mixed=mixed,
        aspects=aspects,
        issues=issues,
        confident=sure and not wordless and sentiment != "neutral",
        because=troubles.shown(text) + _loudest(text, cut, tones, sentiment),
    )


def is_standard(text: str) -> bool:
    """Whether a platform wrote this where the buyer wrote nothing."""
    return _STANDARD.fullmatch(text.strip()) is not None


_STANDARD = re.compile(
    r"(此|该)?(用户|买家|评价方|顾客)?(没有|未|暂未)(及时)?(填写|做出|写下|发表)(评价|评论)(内容)?"
    r"([,，]?(系统)?默认(好评|评价))?[。.!！]*"
    r"|(系统)?默认(好评|评价)[。.!！]*"
)


def _is_mixed(plain: str, tones: list[float], doubts: dict[str, float]) -> bool:
    """Praise and blame stand side by side, clearly enough to name both."""
    told = doubts.get("mixed", -1.0)
    if told >= _PLAINLY_MIXED and told >= doubts.get("ironic", -1.0):
        return True
    loud = 2.2 if tables.pattern("polarity", "oppose").search(plain) else 3.6
    return max(tones, default=0) >= loud and min(tones, default=0) <= -loud


def _scores(odds: float, *, mixed: bool, so_so: bool) -> dict[str, float]:
    good = sigmoid(odds)
    width = NEUTRAL_MARGIN + (_WIDER_SO_SO if so_so else 0) + (_WIDER_MIXED if mixed else 0)
    neutral = max(0.0, 1 - abs(odds) / (2 * width)) * 0.9
    return {
        "positive": good * (1 - neutral),
        "neutral": neutral,
        "negative": (1 - good) * (1 - neutral),
    }


def _loudest(
    text: str, cut: list[tuple[int, int]], tones: list[float], sentiment: str
) -> tuple[Span, ...]:
    """The clause that speaks most for the verdict."""
    if not tones or sentiment == "neutral":
        return ()
    sign = 1 if sentiment == "positive" else -1
    place = max(range(len(tones)), key=lambda one: sign * tones[one])
    start, end = cut[place]
    return (Span(sentiment, text[start:end], start, end),)
