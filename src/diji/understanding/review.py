"""Reads reviews: good, so-so or bad, what they speak of, and whether that may be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import linear, tables, trouble
from .clauses import clauses
from .grams import grams
from .normalise import is_foreign, normalise
from .odds import best, sigmoid
from .reading import Aspect, ReviewReading, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# Log-odds below this are a matter of taste: people too call such reviews neither good nor bad.
NEUTRAL_MARGIN = 0.45
# Used where the model's card names no margin of its own.
SURE = 1.8
# With the model absent or short of words, each plain word of praise or blame moves this much.
_PER_WORD = 0.9
# Beside the model, in a clause.
PER_CLAUSE_WORD, LEAN = 1.0, 0.15


def read_review(text: str) -> ReviewReading:
    """Understand one review; never raises, whatever the text."""
    return read_reviews([text])[0]


def read_reviews(texts: Sequence[str]) -> list[ReviewReading]:
    """Understand many reviews at once, in their order."""
    plains = [normalise(text) for text in texts]
    cuts = [clauses(plain) for plain in plains]
    pieces = [plain[a:b] for plain, cut in zip(plains, cuts, strict=True) for a, b in cut]
    wholes, parts = _log_odds(plains), _log_odds(pieces)
    readings, place = [], 0
    for text, plain, cut, whole in zip(texts, plains, cuts, wholes, strict=True):
        readings.append(_reading(text, plain, cut, whole, parts[place : place + len(cut)]))
        place += len(cut)
    return readings


def _log_odds(plains: Sequence[str]) -> list[float]:
    """How much speaks for praise, as log-odds; by words alone where there is no model."""
    model = linear.load("sentiment")
    if not plains:
        return []
    if model is None:
        return [_by_words(plain) * _PER_WORD for plain in plains]
    odds: list[float] = model.logits(grams(plains))[:, 0].tolist()
    return odds


def _by_words(plain: str) -> int:
    """Words of praise less words of blame, turned round where they are denied."""
    total = 0
    for table, worth in (("praise", 1), ("blame", -1)):
        for match in tables.pattern("polarity", table).finditer(plain):
            denied = tables.pattern("polarity", "negate").search(plain[: match.start()])
            total += -worth if denied else worth
    return total


def _reading(
    text: str, plain: str, cut: list[tuple[int, int]], whole: float, parts: list[float]
) -> ReviewReading:
    # A clause is short of words: plain words count, and what the whole review says leans on it.
    lean = LEAN * max(-4.0, min(4.0, whole))
    tones = [
        part + PER_CLAUSE_WORD * _by_words(plain[a:b]) + lean
        for (a, b), part in zip(cut, parts, strict=True)
    ]
    troubles = trouble.issues_in(plain, said=True)
    issues = troubles.ranked()
    ironic = tables.pattern("polarity", "ironic").search(plain)
    so_so = tables.pattern("polarity", "so_so").search(plain)
    mixed = _is_mixed(plain, tones)
    odds = whole - (1.2 if ironic and (issues or min(tones, default=0) < -1) else 0)
    scores = _scores(odds, mixed=mixed, so_so=so_so is not None)
    if is_foreign(plain) or not any(letter.isalnum() for letter in plain):
        scores = {"positive": 0.2, "neutral": 0.6, "negative": 0.2}
    sentiment = best(scores)
    aspects = _aspects(text, plain, cut, tones)
    model = linear.load("sentiment")
    # Praise beside trouble, or both sides at once, must be told more clearly.
    doubt = 0.8 * (mixed or so_so is not None) + 1.2 * (sentiment == "positive" and bool(issues))
    return ReviewReading(
        sentiment=sentiment,
        sentiment_scores={key: round(value, 4) for key, value in scores.items()},
        mixed=mixed,
        aspects=aspects,
        issues=issues,
        confident=model is not None
        and sentiment != "neutral"
        and not ironic
        and abs(odds) >= model.card.get("sure_margin", SURE) + doubt,
        because=troubles.shown(text) + _loudest(text, cut, tones, sentiment),
    )


def _is_mixed(plain: str, tones: list[float]) -> bool:
    """Praise and blame stand side by side, clearly enough to name both."""
    if not tones:
        return False
    loud = 1.4 if tables.pattern("polarity", "oppose").search(plain) else 2.6
    return max(tones) >= loud and min(tones) <= -loud


def _scores(odds: float, *, mixed: bool, so_so: bool) -> dict[str, float]:
    good = sigmoid(odds)
    width = NEUTRAL_MARGIN + (0.5 if so_so else 0) + (0.4 if mixed else 0)
    neutral = max(0.0, 1 - abs(odds) / (2 * width)) * 0.9
    return {
        "positive": good * (1 - neutral),
        "neutral": neutral,
        "negative": (1 - good) * (1 - neutral),
    }


def _aspects(
    text: str, plain: str, cut: list[tuple[int, int]], tones: list[float]
) -> tuple[Aspect, ...]:
    found: list[Aspect] = []
    for (start, end), tone in zip(cut, tones, strict=True):
        clause = plain[start:end]
        spoken = [cue.of for cue in tables.cues("aspects") if cue.find(clause)]
        if len(spoken) > 1 and "overall" in spoken:
            # "质量不错" speaks of quality; overall is what remains.
            spoken.remove("overall")
        kind = "neutral" if abs(tone) < NEUTRAL_MARGIN else "positive" if tone > 0 else "negative"
        found += [Aspect(one, kind, text[start:end], start, end) for one in spoken]
    return tuple(found)


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
