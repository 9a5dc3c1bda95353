"""How much a text praises: two linear views of the same hashed grams."""

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

# Inverse document frequency up to which a bucket is common: about one review in 400. Buckets are
# shared, so that a gram nobody has seen still falls on something, but seldom on these.
_COMMON = 7.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model hears in each text of a batch: one number a text in every array."""

    odds: npt.NDArray[np.float32]  # log-odds that the text praises
    gap: npt.NDArray[np.float32]  # how far the two views are apart, in log-odds
    known: npt.NDArray[np.float32]  # share of the grams that reviews are full of


@dataclass(frozen=True, slots=True)
class Tone:
    """Two views whose log-odds are added; every array has one number a bucket.

    ``weights`` look at counts weighed by rarity, ``ratio_weights`` at mere presence weighed by
    how unevenly a gram falls on praise and blame.
    """

    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    ratio: npt.NDArray[np.float32]
    ratio_weights: npt.NDArray[np.float32]
    bias: tuple[float, float]
    temperature: float
    card: dict[str, Any]

    def hear(self, grams: Grams) -> Heard:
        """Both views of each text and how much of it is common."""
        import numpy as np

        rows = bucket(grams.hashes, len(self.rarity))
        starts = grams.starts[:-1]
        counted = np.add.reduceat(weigh(rows, grams, self.rarity) * self.weights[rows], starts)
        present = self.ratio[rows]
        length = np.sqrt(np.maximum(np.add.reduceat(present * present, starts), 1e-9))
        leaning = np.add.reduceat(present * self.ratio_weights[rows], starts) / length
        first, second = counted + self.bias[0], leaning + self.bias[1]
        sizes = np.diff(grams.starts)
        common = np.add.reduceat((self.rarity[rows] <= _COMMON).astype(np.float32), starts)
        return Heard(
            odds=((first + second) / self.temperature).astype(np.float32),
            gap=(np.abs(first - second) / self.temperature).astype(np.float32),
            known=(common / sizes).astype(np.float32),
        )


@cache
def load(task: str = "sentiment") -> Tone | None:
    """The shipped model, or None where its weights are not installed."""
    return load_from(WEIGHTS / task)


def load_from(folder: Path) -> Tone | None:
    """A model from a folder of ``weights.npz`` and ``card.json``."""
    import numpy as np

    if not stored.there(folder):
        return None
    card, arrays = stored.read(folder)
    return Tone(
        rarity=arrays["rarity"].astype(np.float32),
        weights=arrays["weights"][:, 0].astype(np.float32),
        ratio=arrays["ratio"].astype(np.float32),
        ratio_weights=arrays["ratio_weights"].astype(np.float32),
        bias=(float(arrays["bias"][0]), float(arrays["ratio_bias"][0])),
        temperature=float(card["temperature"]),
        card=card,
    )


def save(tone: Tone, folder: Path) -> None:
    """Write a model as half-precision arrays and its card."""
    import numpy as np

    half = np.float16
    arrays: stored.Arrays = {
        "weights": tone.weights[:, None].astype(half),
        "rarity": tone.rarity.astype(half),
        "ratio": tone.ratio.astype(half),
        "ratio_weights": tone.ratio_weights.astype(half),
        "bias": np.array(tone.bias[:1], dtype=np.float32),
        "ratio_bias": np.array(tone.bias[1:], dtype=np.float32),
    }
    card = {**tone.card, "labels": ["negative", "positive"], "temperature": tone.temperature}
    stored.write(folder, card, arrays)
