"""How the consumer feels, and how strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import tables
from .odds import best, log_odds, sigmoid, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .signs import Seen

UPSET = frozenset({"anxious", "disappointed", "angry"})


# Who insults or threatens is not calm, whatever the model says.
_FROM_FLAG = {"abuse": ("angry", 3.0), "threat": ("angry", 2.5), "sarcasm": ("disappointed", 1.5)}


_SHARE = 0.4  # the model has heard the cues too; what a person wrote down keeps some of its say
# How much the feeling and the side that the words lean to decide between good and bad.
_FELT, _HEARD = 0.15, 1.0
# Calm rows outnumber the others by far, so that who is a little upset would pass for calm.
_CALM = -2.2
_FROM_TROUBLE = 0.6
_FROM_IRONY = -4.0  # praise in the mouth of who mocks is none


def scores(model: Mapping[str, float], seen: Seen, *, worded: bool) -> dict[str, float]:
    """A probability for each emotion: the model's, moved by words that leave no doubt and by a cut.

    ``worded``: the message has words; who sends none is as calm as the model says.
    """
    logits = dict(model)
    for feeling, weight in seen.weights["emotion"].items():
        logits[feeling] += _SHARE * weight
    for flag, (feeling, weight) in _FROM_FLAG.items():
        if flag in seen.flags:
            logits[feeling] += weight
    if "sarcasm" in seen.flags:
        logits["satisfied"] += _FROM_IRONY
    if seen.troubles.scores:
        logits["disappointed"] += _FROM_TROUBLE
    if worded:
        logits["neutral"] += _CALM
    return softmax(logits)


def intensity(plain: str, emotions: Mapping[str, float]) -> float:
    """0 is calm, 1 is beside oneself: from the emotion, loud words, marks and repetition."""
    feeling = best(emotions)
    if feeling == "neutral":
        return round(0.25 * (1 - emotions["neutral"]), 3)
    ground = {"angry": 0.55, "disappointed": 0.4, "anxious": 0.4, "satisfied": 0.35}[feeling]
    loud = len(tables.pattern("emotions", "strong", "says").findall(plain))
    soft = len(tables.pattern("emotions", "mild", "says").findall(plain))
    felt = ground + 0.2 * emotions[feeling] + 0.08 * min(loud, 4) - 0.12 * min(soft, 2)
    return round(min(1.0, max(0.05, felt)), 3)


def sentiment(emotions: Mapping[str, float], praise: float, seen: Seen) -> dict[str, float]:
    """Good, neutral or bad, as the feelings add up; worry is only half bad.

    ``praise``: log-odds that the words are good rather than bad. Most messages are calm, but even of
    a calm one it can be told which side its words lean to. Praise in the mouth of who mocks is blame.
    """
    if "sarcasm" in seen.flags:
        praise = -abs(praise)
    good, bad = emotions["satisfied"], emotions["disappointed"] + emotions["angry"]
    bad += emotions["anxious"] / 2
    lean = sigmoid(_FELT * (log_odds(good) - log_odds(bad)) + _HEARD * praise)
    return {
        "positive": (good + bad) * lean,
        "neutral": 1 - good - bad,
        "negative": (good + bad) * (1 - lean),
    }
