"""Letters heard by filters: runs of letters answer, and of each filter the loudest answer counts.

Kim, 2014, "Convolutional Neural Networks for Sentence Classification", over letters; numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int32]

LONGEST = 60
_BLANK, _UNKNOWN, _FIRST, _LAST = range(4)
KNOWN_FROM = 4
FRAME = 2  # the marks before the first and behind the last letter
_AT_ONCE = 256
_NOTHING = -1e9


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters that a net knows, each with its number."""

    letters: str

    def encode(self, texts: Sequence[str]) -> tuple[Ids, npt.NDArray[np.int64]]:
        """Letters as numbers, (texts, longest + 2), blank at the end; and the lengths."""
        import numpy as np

        number = _numbers(self.letters)
        rows = [
            [_FIRST, *[number.get(letter, _UNKNOWN) for letter in normalise(text)[:LONGEST]], _LAST]
            for text in texts
        ]
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        ids = np.full((len(rows), int(lengths.max(initial=0))), _BLANK, dtype=np.int32)
        ids[np.arange(ids.shape[1]) < lengths[:, None]] = np.concatenate(rows) if rows else []
        return ids, lengths


@cache
def _numbers(letters: str) -> dict[str, int]:
    return {letter: place for place, letter in enumerate(letters, start=KNOWN_FROM)}


@dataclass(frozen=True, slots=True)
class Ear:
    """Letters become vectors, filters hear runs of them.

    ``letters`` (letters, depth; the blank is nought), ``filters<w>`` (w * depth, filters) for each width, ``deaf``
    (filters * widths): what an answer must outshout.
    """

    arrays: dict[str, Floats]

    @property
    def widths(self) -> tuple[int, ...]:
        """How many letters in a row each kind of filter hears."""
        named = [name for name in self.arrays if name.startswith("filters")]
        return tuple(sorted(int(name.removeprefix("filters")) for name in named))

    def hear(self, ids: Ids, lengths: npt.NDArray[np.int64]) -> Floats:
        """The loudest answer of each filter: (texts, filters * widths)."""
        import numpy as np

        heard = np.empty((len(ids), len(self.arrays["deaf"])), dtype=np.float32)
        for rows in batches(lengths, np.arange(len(ids)), _AT_ONCE):
            letters = self.arrays["letters"][self.trimmed(ids, lengths, rows)]
            loudest = [
                self.answers(patches(letters, width), width, lengths[rows]).max(axis=1)
                for width in self.widths
            ]
            heard[rows] = np.maximum(np.concatenate(loudest, axis=1) + self.arrays["deaf"], 0)
        return heard

    def answers(self, seen: Floats, width: int, lengths: npt.NDArray[np.int64]) -> Floats:
        """What each filter says at each place, (texts, places, filters); where no text is, nothing."""
        import numpy as np

        texts, places, depth = seen.shape
        said = (seen.reshape(-1, depth) @ self.arrays[f"filters{width}"]).reshape(texts, places, -1)
        said[np.arange(places) >= lengths[:, None]] = _NOTHING
        return said

    def trimmed(self, ids: Ids, lengths: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Ids:
        """These rows, as long as their longest text; behind the last letter every filter hears blanks."""
        import numpy as np

        kept = ids[rows, : int(lengths[rows].max())]
        return np.pad(kept, ((0, 0), (0, self.widths[-1] - 1)))


def patches(letters: Floats, width: int) -> Floats:
    """All runs of ``width`` letters: (texts, places, width * depth)."""
    import numpy as np

    places = letters.shape[1] - width + 1
    return np.concatenate([letters[:, at : at + places] for at in range(width)], axis=2)


def batches(
    lengths: npt.NDArray[np.int64], order: npt.NDArray[np.int64], size: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Rows of like length together, since a batch costs what its longest text costs."""
    import numpy as np

    order = order[np.argsort(lengths[order] // 3, kind="stable")]
    for first in range(0, len(order), size):
        yield order[first : first + size]
