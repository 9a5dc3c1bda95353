"""How the consumer feels, and how strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import tables
from .odds import best, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .signs import Seen

UPSET = frozenset({"anxious", "disappointed", "angry"})


# Who insults or threatens is not calm, whatever the model says.
_FROM_FLAG = {"abuse": ("angry", 3.0), "threat": ("angry", 2.5), "sarcasm": ("disappointed", 1.5)}


_SHARE = 0.8  # the model has heard the cues too; what a person wrote down keeps its say
_FROM_TROUBLE = 0.6
_FROM_IRONY = -4.0  # praise in the mouth of who mocks is none


def scores(model: Mapping[str, float], seen: Seen) -> dict[str, float]:
    """A probability for each emotion: the model's, moved by words that leave no doubt."""
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


def sentiment(emotions: Mapping[str, float]) -> dict[str, float]:
    """Good, neutral or bad, as the feelings add up; worry is only half bad."""
    worry = emotions["anxious"] / 2
    return {
        "positive": emotions["satisfied"],
        "neutral": emotions["neutral"] + worry,
        "negative": emotions["disappointed"] + emotions["angry"] + worry,
    }
