"""How varied a corpus is: lines that were filled into one mould teach a model the mould."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GOODS = Path(__file__).parent / "corpus" / "goods.txt"
MOST_OF_A_KIND = 3  # lines that may share a skeleton
LEAST_DISTINCT = 0.6  # of all runs of four characters
_GRAM = 4
_FIGURES = re.compile(r"[0-9a-z零一二两三四五六七八九十百千万几半.*]+", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w<>]+")
_MASKS = re.compile(r"<[ng]>")


@cache
def _goods() -> re.Pattern[str]:
    names = sorted(set(GOODS.read_text("utf-8").split()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def skeleton(text: str) -> str:
    """The line with figures and names of goods masked, and without marks."""
    masked = _FIGURES.sub("<n>", _goods().sub("<g>", text))
    return _NO_WORD.sub("", masked)


def crowded(texts: Iterable[str]) -> dict[str, int]:
    """Skeletons that more lines share than may, with their number.

    A bare order number, a name of goods or a mark has no bones: nothing was filled into it.
    """
    counts = Counter(bones for text in texts if _MASKS.sub("", bones := skeleton(text)))
    return {bones: count for bones, count in counts.items() if count > MOST_OF_A_KIND}


def distinct_share(texts: Iterable[str]) -> float:
    """How many of all runs of four characters differ; 1.0 for no text."""
    grams = [
        text[place : place + _GRAM] for text in texts for place in range(len(text) - _GRAM + 1)
    ]
    return len(set(grams)) / len(grams) if grams else 1.0
