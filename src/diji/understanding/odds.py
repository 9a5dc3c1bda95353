"""From log-odds to probabilities, in plain Python: vectors here have at most sixty numbers."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def softmax(logits: Mapping[str, float]) -> dict[str, float]:
    highest = max(logits.values())
    raised = {key: exp(value - highest) for key, value in logits.items()}
    total = sum(raised.values())
    return {key: value / total for key, value in raised.items()}


def sigmoid(logit: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def log_odds(chance: float) -> float:
    """Of a probability; certainty is cut at one in ten thousand."""
    kept = max(1e-4, min(1 - 1e-4, chance))
    return log(kept / (1 - kept))


def best(scores: Mapping[str, float]) -> str:
    return max(scores, key=lambda key: scores[key])


def any_of(chances: Iterable[float]) -> float:
    """The chance that at least one of independent things is so."""
    none = 1.0
    for chance in chances:
        none *= 1 - chance
    return 1 - none
