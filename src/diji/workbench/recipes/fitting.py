"""What every recipe does in the same way: read rows, make vectors, fit, round, write the card."""

from __future__ import annotations

import csv
import hashlib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from diji.understanding import for_models, grams, linear, plain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
DATA = Path(os.environ.get("DIJI_DATA", HERE.parents[4] / "shared" / "data"))


def settings(task: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{task}.toml").read_text("utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """A tab-separated file with a header; quotes are letters like any other."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: value or "" for key, value in row.items()} for row in rows]


def fingerprint(paths: Iterable[Path]) -> dict[str, str]:
    """Which version of which file the model has seen."""
    return {
        f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in paths
    }


def hashed_for_models(texts: Sequence[str]) -> grams.Grams:
    """Messages as their models read them: figures alike, cards and links left out."""
    return grams.grams([for_models(plain_of(text)) for text in texts])


def rarity_of(seen: grams.Grams, buckets: int, *, least: int = 1) -> npt.NDArray[np.float32]:
    """Inverse document frequency of each bucket; what was seen less than ``least`` times is mute."""
    frequency = np.bincount(linear.bucket(seen.hashes, buckets), minlength=buckets)
    texts = len(seen.starts) - 1
    rarity = (np.log((1 + texts) / (1 + frequency)) + 1).astype(np.float32)
    rarity[frequency < least] = 0
    # The card promises half precision: fit with what will be shipped.
    return rarity.astype(np.float16).astype(np.float32)


def fit(
    vectors: csr_matrix,
    labels: npt.NDArray[np.str_],
    *,
    strength: float,
    weights: npt.NDArray[np.float64] | None = None,
) -> LogisticRegression:
    """A logistic regression; the same rows and settings give the same weights."""
    model = LogisticRegression(C=strength, max_iter=300)
    return model.fit(vectors, labels, sample_weight=weights)


def fit_against_rest(
    vectors: csr_matrix,
    told: npt.NDArray[np.bool_],
    *,
    strength: float,
    weights: npt.NDArray[np.float64],
) -> LogisticRegression:
    """One label against all else, where many numbers are known of few rows."""
    model = LogisticRegression(
        solver="liblinear", dual=True, C=strength, tol=0.05, max_iter=100, random_state=0
    )
    return model.fit(vectors, told, sample_weight=weights)


def fit_margins(
    vectors: csr_matrix,
    labels: npt.NDArray[np.str_],
    *,
    strength: float,
    weights: npt.NDArray[np.float64] | None = None,
) -> LinearSVC:
    """Support vectors, one label against the rest: the better choice for many small labels."""
    model = LinearSVC(C=strength, random_state=0)
    return model.fit(vectors, labels, sample_weight=weights)


def as_linear(
    fitted: LogisticRegression | LinearSVC,
    rarity: npt.NDArray[np.float32],
    *,
    temperature: float,
    card: dict[str, Any],
) -> linear.Linear:
    """The fitted model in the shape that ships, rounded as it will be."""
    return linear.Linear(
        labels=tuple(str(label) for label in fitted.classes_),
        weights=np.ascontiguousarray(fitted.coef_.T).astype(np.float16).astype(np.float32),
        bias=fitted.intercept_.astype(np.float32),
        rarity=rarity,
        temperature=temperature,
        card=card,
    )


def best_temperature(logits: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]) -> float:
    """The temperature under which held-out rows are least surprising; one column means two classes."""

    def surprise(temperature: float) -> float:
        scaled = logits / temperature
        if scaled.ndim == 1:
            scaled = np.stack([np.zeros_like(scaled), scaled], axis=1)
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-logs[np.arange(len(truth)), truth].mean())

    return float(min(np.geomspace(0.03, 4, 100), key=surprise))


def folds_of(groups: npt.NDArray[np.str_], parts: int, seed: int) -> npt.NDArray[np.int64]:
    """Which part each row belongs to; rows of one group stay together."""
    known, place = np.unique(groups, return_inverse=True)
    return folds(len(known), parts, seed)[place]


def folds(count: int, parts: int, seed: int) -> npt.NDArray[np.int64]:
    """Which part each row belongs to, the same for the same seed."""
    return np.random.default_rng(seed).permutation(count) % parts
