"""A small convolutional net over letters, as arrays; reading needs numpy alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diji.understanding import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int32]

WIDTHS = (1, 2, 3, 4)
LONGEST = 60
_BLANK, _UNKNOWN, _FIRST, _LAST = range(4)
_KNOWN_FROM = 4
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters that a net knows, each with its number."""

    letters: str

    def encode(self, texts: Sequence[str]) -> tuple[Ids, npt.NDArray[np.int64]]:
        """Letters as numbers, (texts, ``LONGEST`` + 2), blank at the end; and the lengths."""
        number = {letter: place for place, letter in enumerate(self.letters, start=_KNOWN_FROM)}
        ids = np.full((len(texts), LONGEST + 2), _BLANK, dtype=np.int32)
        lengths = np.zeros(len(texts), dtype=np.int64)
        for row, text in enumerate(texts):
            known = [number.get(letter, _UNKNOWN) for letter in normalise(text)[:LONGEST]]
            framed = [_FIRST, *known, _LAST]
            ids[row, : len(framed)] = framed
            lengths[row] = len(framed)
        return ids, lengths


def alphabet_of(texts: Sequence[str]) -> Alphabet:
    """Letters seen at least twice; the others are the one unknown letter."""
    seen = Counter(letter for text in texts for letter in normalise(text)[:LONGEST])
    return Alphabet("".join(sorted(letter for letter, times in seen.items() if times > 1)))


@dataclass(frozen=True, slots=True)
class Net:
    """Letters become vectors, filters hear runs of them, the loudest answers vote for labels.

    ``letters`` (letters, depth), ``filters<w>`` (w * depth, filters), ``deaf`` (filters * widths),
    ``weights`` (filters * widths, labels), ``bias`` (labels).
    """

    arrays: dict[str, Floats]

    def logits(self, ids: Ids, lengths: npt.NDArray[np.int64]) -> Floats:
        said = np.empty((len(ids), len(self.arrays["bias"])), dtype=np.float32)
        for rows in batches(lengths, np.arange(len(ids)), _AT_ONCE):
            letters = self.arrays["letters"][trimmed(ids, lengths, rows)]
            loudest = [self.answers(patches(letters, width), width).max(axis=1) for width in WIDTHS]
            heard = np.maximum(np.concatenate(loudest, axis=1) + self.arrays["deaf"], 0)
            said[rows] = heard @ self.arrays["weights"] + self.arrays["bias"]
        return said

    def answers(self, seen: Floats, width: int) -> Floats:
        """What each filter says at each place: (texts, places, filters)."""
        texts, places, depth = seen.shape
        said = seen.reshape(-1, depth) @ self.arrays[f"filters{width}"]
        return said.reshape(texts, places, -1)


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    said: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return said


def patches(letters: Floats, width: int) -> Floats:
    """All runs of ``width`` letters: (texts, places, width * depth)."""
    places = letters.shape[1] - width + 1
    return np.concatenate([letters[:, at : at + places] for at in range(width)], axis=2)


def batches(
    lengths: npt.NDArray[np.int64], order: npt.NDArray[np.int64], size: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Rows of like length together, since a batch costs what its longest text costs."""
    order = order[np.argsort(lengths[order] // 3, kind="stable")]
    for first in range(0, len(order), size):
        yield order[first : first + size]


def trimmed(ids: Ids, lengths: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Ids:
    return ids[rows, : max(*WIDTHS, int(lengths[rows].max()))]
