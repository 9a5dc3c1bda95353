"""Several answers about one piece of text from its grams and a few plain numbers, all linear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from . import stored
from .linear import WEIGHTS, bucket, weigh

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from .grams import Grams

_LARGEST_BATCH = 512


@dataclass(frozen=True, slots=True)
class Heads:
    """Log-odds of every label: ``weights`` is [buckets, labels], ``facts`` is [numbers, labels]."""

    labels: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    facts: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    card: dict[str, Any]

    def logits(self, grams: Grams, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """One row a text, one column a label; ``numbers`` is [texts, numbers]."""
        import numpy as np

        rows = bucket(grams.hashes, len(self.rarity))
        values = weigh(rows, grams, self.rarity)
        texts = len(grams.starts) - 1
        said = np.empty((texts, len(self.labels)), dtype=np.float32)
        for first in range(0, texts, _LARGEST_BATCH):
            last = min(first + _LARGEST_BATCH, texts)
            here = slice(grams.starts[first], grams.starts[last])
            told = self.weights[rows[here]] * values[here, None]
            starts = grams.starts[first:last] - grams.starts[first]
            said[first:last] = np.add.reduceat(told, starts, axis=0)
        answer: npt.NDArray[np.float32] = said + numbers @ self.facts + self.bias
        return answer

    def above_cuts(self, grams: Grams, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The same as far as it lies above the cut of each label that the card names."""
        import numpy as np

        cuts = np.array([self.card["cuts"][label] for label in self.labels], dtype=np.float32)
        return self.logits(grams, numbers) - cuts


@cache
def load(task: str) -> Heads | None:
    """The shipped model of a task, or None where its weights are not installed."""
    return load_from(WEIGHTS / task)


def load_from(folder: Path) -> Heads | None:
    """A model from a folder of ``weights.npz`` and ``card.json``."""
    import numpy as np

    if not stored.there(folder):
        return None
    card, arrays = stored.read(folder)
    wide = {name: array.astype(np.float32) for name, array in arrays.items()}
    return Heads(labels=tuple(card["labels"]), card=card, **wide)


def save(heads: Heads, folder: Path) -> None:
    """Write a model as half-precision arrays and its card."""
    import numpy as np

    arrays: stored.Arrays = {
        "rarity": heads.rarity.astype(np.float16),
        "weights": heads.weights.astype(np.float16),
        "facts": heads.facts.astype(np.float32),
        "bias": heads.bias.astype(np.float32),
    }
    stored.write(folder, {**heads.card, "labels": list(heads.labels)}, arrays)
