"""Which words made a model decide: the stretch of the text that weighed most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grams import LONGEST_GRAM, places
from .linear import bucket
from .normalise import for_models
from .reading import Span

if TYPE_CHECKING:
    from .heads import Heads

_LONGEST_STRETCH = 12


def stretch(model: Heads, column: int, plain: str, original: str, of: str) -> Span | None:
    """The letters that spoke most for one column; None where nothing spoke for it."""
    import numpy as np

    hashes, offsets, length = places(for_models(plain))
    if not plain.strip():
        return None
    rows = bucket(hashes, len(model.rarity))
    push = model.weights[rows, column] * model.rarity[rows]
    per_letter = np.zeros(length + 2 + LONGEST_GRAM, dtype=np.float32)
    np.add.at(per_letter, offsets, push)
    start, end = _heaviest(per_letter[1 : length + 1].tolist())
    while start < end and plain[start].isspace():
        start += 1
    return Span(of, original[start:end], start, end) if end > start else None


def _heaviest(weights: list[float]) -> tuple[int, int]:
    """The run of letters with the highest sum, not longer than a phrase."""
    best, where = 0.0, (0, 0)
    begin, total = 0, 0.0
    for place, weight in enumerate(weights):
        if total <= 0 or place - begin >= _LONGEST_STRETCH:
            begin, total = place, 0.0
        total += weight
        if total > best:
            best, where = total, (begin, place + 1)
    start, end = where
    # A gram begins at its first letter: give the last one the letters that it stands for.
    return start, min(len(weights), end + 1) if end else 0
