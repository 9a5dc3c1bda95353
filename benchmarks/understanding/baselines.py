"""What anyone would try first: SnowNLP as it comes, and TF-IDF over letters with a linear model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from benchmarks.understanding.figures import SEED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.understanding.figures import Bools, Floats, Ids

SNOW_READS = 3000
"""SnowNLP reads so many rows of a large set, drawn once: it is slow."""


@cache
def snow() -> Any:
    """SnowNLP's module, or None where it is not installed."""
    try:
        return import_module("snownlp")
    except ImportError:
        return None


def snow_version() -> str:
    if snow() is None:
        return "SnowNLP is not installed (uv sync --group bench): its column stays empty"
    from importlib.metadata import version

    return f"SnowNLP {version('snownlp')}, as it comes"


def snow_praise(texts: Sequence[str]) -> Floats | None:
    """How probable SnowNLP finds it that each text is positive."""
    if snow() is None:
        return None
    judge = snow().SnowNLP
    return np.array([judge(text).sentiments if text.strip() else 0.5 for text in texts])


def drawn(rows: int, most: int = SNOW_READS) -> Ids:
    """At most so many rows, always the same."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(SEED).choice(rows, most, replace=False))


class Letters:
    """Texts as TF-IDF of runs of one to three letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._maker = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self.learned = self._maker.fit_transform(texts)

    def of(self, texts: Sequence[str]) -> Any:
        return self._maker.transform(texts)


@dataclass(frozen=True, slots=True)
class Plain:
    """Support vectors over such texts."""

    model: Any

    def margins(self, vectors: Any) -> Floats:
        """(texts, labels)."""
        told: Floats = self.model.decision_function(vectors)
        return np.stack([-told, told], axis=1) if told.ndim == 1 else told

    def says(self, vectors: Any) -> Any:
        return self.model.classes_[self.margins(vectors).argmax(axis=1)]

    def yes(self, vectors: Any) -> Floats:
        """Of two labels, how far it leans to the second."""
        return self.margins(vectors)[:, 1]


def plain(vectors: Any, labels: Sequence[Any] | Bools) -> Plain:
    return Plain(LinearSVC(random_state=0, tol=1e-3).fit(vectors, np.asarray(labels)))
