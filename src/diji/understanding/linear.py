"""Small linear models: weights as arrays, a card beside them, no pickle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import stored

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .grams import Grams

WEIGHTS = Path(__file__).parent / "weights"
_LARGEST_BATCH = 256


@dataclass(frozen=True, slots=True)
class Linear:
    """A multinomial (or, with one column, binary) logistic regression over hashed grams."""

    labels: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    rarity: npt.NDArray[np.float32]
    temperature: float
    card: dict[str, Any]

    def logits(self, grams: Grams) -> npt.NDArray[np.float32]:
        """One row for each text, already divided by the temperature."""
        import numpy as np

        rows, values, starts = self.vectors(grams)
        texts = len(starts) - 1
        said = np.empty((texts, self.weights.shape[1]), dtype=np.float32)
        for first in range(0, texts, _LARGEST_BATCH):
            last = min(first + _LARGEST_BATCH, texts)
            here = slice(starts[first], starts[last])
            told = self.weights[rows[here]] * values[here, None]
            # Every text has its frame, so no slice is empty and reduceat is safe.
            said[first:last] = np.add.reduceat(told, starts[first:last] - starts[first], axis=0)
        answer: npt.NDArray[np.float32] = (said + self.bias) / np.float32(self.temperature)
        return answer

    def vectors(
        self, grams: Grams
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        rows = bucket(grams.hashes, len(self.rarity))
        return rows, weigh(rows, grams, self.rarity), grams.starts


def bucket(hashes: npt.NDArray[np.uint32], buckets: int) -> npt.NDArray[np.int64]:
    """The row of the weights that a gram falls into; ``buckets`` is a power of two."""
    import numpy as np

    return (hashes >> np.uint32(33 - buckets.bit_length())).astype(np.int64)


def weigh(
    rows: npt.NDArray[np.int64], grams: Grams, rarity: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Counts, dampened, times rarity, each text brought to length one."""
    import numpy as np

    values = (1 + np.log(grams.counts)) * rarity[rows]
    squares = np.add.reduceat(values * values, grams.starts[:-1])
    lengths = np.sqrt(np.maximum(squares, 1e-9))
    brought: npt.NDArray[np.float32] = values / np.repeat(lengths, np.diff(grams.starts))
    return brought


@cache
def load(task: str) -> Linear | None:
    """The shipped model of a task, or None where its weights are not installed."""
    return load_from(WEIGHTS / task)


def load_from(folder: Path) -> Linear | None:
    """A model from a folder of ``weights.npz`` and ``card.json``."""
    import numpy as np

    if not stored.there(folder):
        return None
    card, arrays = stored.read(folder)
    return Linear(
        labels=tuple(card["labels"]),
        weights=arrays["weights"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        rarity=arrays["rarity"].astype(np.float32),
        temperature=float(card["temperature"]),
        card=card,
    )


def save(model: Linear, folder: Path) -> None:
    """Write a model as half-precision arrays and its card."""
    import numpy as np

    arrays: stored.Arrays = {
        "weights": model.weights.astype(np.float16),
        "bias": model.bias.astype(np.float32),
        "rarity": model.rarity.astype(np.float16),
    }
    card = {**model.card, "labels": list(model.labels), "temperature": model.temperature}
    stored.write(folder, card, arrays)
