"""Texts as hashed character grams: one to three letters in a row, counted, in one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

LONGEST_GRAM = 3
# Odd multipliers of good spread (Knuth, xxHash); the same for ever, since weights depend on them.
_SPREAD = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
_FIRST, _LAST = "\x02", "\x03"
# Lengths, questions and cries are said by letters that no text can hold after normalising.
_SHAPES = 0xF0000


@dataclass(frozen=True, slots=True)
class Grams:
    """Grams of many texts in a row; text ``i`` owns ``[starts[i]:starts[i + 1]]``."""

    hashes: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int64]


def grams(texts: Sequence[str]) -> Grams:
    """Hash the grams of normalised texts, each distinct gram once with its count."""
    import numpy as np

    framed = [f"{_FIRST}{text}{_LAST}{_shape(text)}" for text in texts]
    codes = np.frombuffer("".join(framed).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in framed])
    hashes, owned = [], []
    for size in range(1, LONGEST_GRAM + 1):
        rolled = _rolled(codes, size)
        whole = owners[: len(rolled)] == owners[size - 1 :]
        hashes.append(rolled[whole])
        owned.append(owners[: len(rolled)][whole])
    keys = np.concatenate(owned).astype(np.uint64) << np.uint64(32) | np.concatenate(hashes)
    distinct, counts = np.unique(keys, return_counts=True)
    starts = np.searchsorted(distinct >> np.uint64(32), np.arange(len(texts) + 1))
    return Grams(distinct.astype(np.uint32), counts.astype(np.float32), starts.astype(np.int64))


def places(text: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], int]:
    """Every gram of one text with the offset where it begins; the third value is the text's length.

    Offsets count the frame's first letter, so that letter ``i`` of the text is at ``i + 1``.
    """
    import numpy as np

    codes = np.frombuffer(f"{_FIRST}{text}{_LAST}".encode("utf-32-le", "surrogatepass"), "<u4")
    rolled = [_rolled(codes, size) for size in range(1, LONGEST_GRAM + 1)]
    offsets = [np.arange(len(one)) for one in rolled]
    return np.concatenate(rolled), np.concatenate(offsets), len(text)


def _rolled(codes: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.uint32]:
    import numpy as np

    length = max(0, len(codes) - size + 1)
    rolled = np.full(length, size * 0x27D4EB2F & 0xFFFFFFFF, dtype=np.uint32)
    for place in range(size):
        rolled = (rolled ^ codes[place : place + length]) * np.uint32(_SPREAD[place])
        rolled ^= rolled >> np.uint32(15)
    return rolled * np.uint32(_SPREAD[0])


def _shape(text: str) -> str:
    """How long the text is and how it is pointed, as letters of a private plane."""
    length = min(len(text).bit_length(), 9)
    asked = min(text.count("?"), 3)
    cried = min(text.count("!"), 3)
    return f"{chr(_SHAPES + length)}{chr(_SHAPES + 16 + asked)}{chr(_SHAPES + 32 + cried)}"
