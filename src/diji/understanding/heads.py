"""One model with several answers: what is wanted, felt and suffered, and whether a person is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from . import stored
from .linear import WEIGHTS, bucket, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from .views import View

_LARGEST_BATCH = 256


@dataclass(frozen=True, slots=True)
class Heads:
    """Log-odds of every label of every task, linear in the views.

    ``columns`` are (task, label); the weights stay in half precision, and only those of a text are widened.
    """

    columns: tuple[tuple[str, str], ...]
    weights: npt.NDArray[np.float16]
    bias: npt.NDArray[np.float32]
    rarity: npt.NDArray[np.float32]
    card: dict[str, Any]

    def logits(self, views: Sequence[View]) -> npt.NDArray[np.float32]:
        """One row for each message, one number for each column."""
        import numpy as np

        told = np.tile(self.bias, (len(views[0].owners), 1))
        for view in views:
            told[view.owners] += self._of_view(view)
        return told

    def _of_view(self, view: View) -> npt.NDArray[np.float32]:
        import numpy as np

        rows, values = vector(view, self.rarity)
        starts = view.grams.starts
        said = np.zeros((len(starts) - 1, len(self.columns)), dtype=np.float32)
        for first in range(0, len(starts) - 1, _LARGEST_BATCH):
            last = min(first + _LARGEST_BATCH, len(starts) - 1)
            here = slice(starts[first], starts[last])
            # Every text has its frame, and every message a sign: no slice is empty.
            told = self.weights[rows[here]].astype(np.float32) * values[here, None]
            said[first:last] = np.add.reduceat(told, starts[first:last] - starts[first], axis=0)
        return said


def by_task(
    columns: tuple[tuple[str, str], ...], logits: npt.NDArray[np.float32]
) -> list[dict[str, dict[str, float]]]:
    """For each message the log-odds by task and label."""
    places: dict[str, dict[str, int]] = {}
    for (task, label), place in places_of(columns).items():
        places.setdefault(task, {})[label] = place
    return [
        {task: {label: row[place] for label, place in of.items()} for task, of in places.items()}
        for row in logits.tolist()
    ]


@cache
def places_of(columns: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], int]:
    """Where each label of a task stands among the columns."""
    return {column: place for place, column in enumerate(columns)}


def vector(
    view: View, rarity: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The rows of the weights that a view falls into, and how much each counts."""
    import numpy as np

    rows = bucket(view.grams.hashes, len(rarity))
    if view.plain:
        return rows, np.full(len(rows), view.weight, dtype=np.float32)
    return rows, weigh(rows, view.grams, rarity) * np.float32(view.weight)


@cache
def load() -> Heads:
    """The shipped model of messages."""
    return load_from(WEIGHTS / "messages")


def load_from(folder: Path) -> Heads:
    import numpy as np

    card, arrays = stored.read(folder)
    return Heads(
        columns=tuple((task, label) for task, label in card["columns"]),
        weights=arrays["weights"].astype(np.float16),
        bias=arrays["bias"].astype(np.float32),
        rarity=arrays["rarity"].astype(np.float32),
        card=card,
    )


def save(model: Heads, folder: Path) -> None:
    """Write a model as half-precision arrays and its card."""
    import numpy as np

    arrays: stored.Arrays = {
        "weights": model.weights,
        "bias": model.bias.astype(np.float32),
        "rarity": model.rarity.astype(np.float16),
    }
    stored.write(
        folder, {**model.card, "columns": [list(column) for column in model.columns]}, arrays
    )
