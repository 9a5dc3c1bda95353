"""Scores of reviews: F1 over what was named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[str, str]


def f_one(found: Sequence[set[Any]], gold: Sequence[set[Any]]) -> float:
    """Micro F1 of sets."""
    both = sum(len(ours & theirs) for ours, theirs in zip(found, gold, strict=True))
    either = sum(map(len, found)) + sum(map(len, gold))
    return 2 * both / either if either else 1.0


def macro_f_one(
    found: Sequence[set[Pair]], gold: Sequence[set[Pair]], aspects: Sequence[str]
) -> float:
    """The mean F1 over aspects, tones left aside."""
    return float(
        np.mean(
            [f_one([_of(one, {a}) for one in found], [_of(g, {a}) for g in gold]) for a in aspects]
        )
    )


def f_scores(
    found: Sequence[set[Pair]], gold: Sequence[set[Pair]], aspects: Sequence[str]
) -> dict[str, float]:
    """Categories, categories with tone, and the negative ones alone."""
    every = set(aspects)
    figures = {
        "category_micro_f1": f_one([_of(o, every) for o in found], [_of(g, every) for g in gold]),
        "category_macro_f1": macro_f_one(found, gold, aspects),
        "pairs_f1": f_one(found, gold),
        "negative_pairs_f1": f_one(negative(found), negative(gold)),
    }
    return {name: round(value, 4) for name, value in figures.items()}


def negative(said: Sequence[set[Pair]]) -> list[set[Pair]]:
    return [{pair for pair in one if pair[1] == "negative"} for one in said]


def _of(said: set[Pair], aspects: set[str]) -> set[str]:
    return {aspect for aspect, _ in said} & aspects
