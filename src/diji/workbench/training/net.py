"""A small convolutional net whose filters vote for labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diji.understanding import letters, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int32]

WIDTHS = (1, 2, 3, 4)


def alphabet_of(texts: Sequence[str]) -> letters.Alphabet:
    """Letters seen at least twice; the others are the one unknown letter."""
    seen = Counter(letter for text in texts for letter in normalise(text)[: letters.LONGEST])
    return letters.Alphabet("".join(sorted(one for one, times in seen.items() if times > 1)))


@dataclass(frozen=True, slots=True)
class Net(letters.Ear):
    """The arrays of an ear, and ``weights`` (filters * widths, labels) and ``bias`` (labels)."""

    def logits(self, ids: Ids, lengths: npt.NDArray[np.int64]) -> Floats:
        return self.hear(ids, lengths) @ self.arrays["weights"] + self.arrays["bias"]


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    said: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return said
