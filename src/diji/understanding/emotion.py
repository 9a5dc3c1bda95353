"""How the consumer feels, and how strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import tables
from .odds import best, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .flag import Hits

UPSET = frozenset({"anxious", "disappointed", "angry"})
# Without a model most messages are calm; only words move them.
_CALM_FIRST = {
    "satisfied": -1.0, "neutral": 1.2, "anxious": -1.0, "disappointed": -1.0, "angry": -2.0,
}  # fmt: skip
# The model has heard the words too; a cue counts fully only where nothing else speaks.
_BESIDE_A_MODEL = 0.8
_FROM_FLAG = {"abuse": ("angry", 3.5), "threat": ("angry", 3.2), "review_threat": ("angry", 2.2),
              "sarcasm": ("disappointed", 2.6)}  # fmt: skip
# What somebody wants tells how they feel, as far as it is a pressing or a blaming wish.
_FROM_INTENT = {"complaint": ("disappointed", 2.2), "urge_shipment": ("anxious", 1.6),
                "delivery_delay": ("anxious", 1.8), "urge_reply": ("anxious", 1.0),
                "delivery_problem": ("disappointed", 1.0), "praise": ("satisfied", 1.8)}  # fmt: skip


def scores(
    plain: str,
    found: Hits,
    model: Mapping[str, float] | None,
    *,
    intents: Mapping[str, float],
    troubles: int = 0,
) -> tuple[dict[str, float], dict[str, tuple[int, int]]]:
    """A probability for each emotion, and the words behind each."""
    # Marks and emoji alone are words to the tables, but noise to the model.
    model = model if any(letter.isalnum() for letter in plain) else None
    logits = dict(model) if model else dict(_CALM_FIRST)
    share = _BESIDE_A_MODEL if model else 1.0
    where: dict[str, tuple[int, int]] = {}
    for cue in tables.emotion_cues():
        match = cue.find(plain)
        if match is not None:
            logits[cue.of] += cue.weight * share
            where.setdefault(cue.of, match.span())
    for flag, (emotion, weight) in _FROM_FLAG.items():
        if flag in found:
            logits[emotion] += weight
            where.setdefault(emotion, found[flag].span())
    for intent, (emotion, weight) in _FROM_INTENT.items():
        logits[emotion] += weight * intents.get(intent, 0.0)
    if troubles:
        # Who tells of trouble in calm words is seldom calm, and never pleased with it.
        logits["disappointed"] += 1.3 + 0.4 * min(troubles - 1, 2)
        logits["satisfied"] -= 1.0
    if "sarcasm" in found:
        logits["satisfied"] -= 3
    return softmax(logits), where


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
