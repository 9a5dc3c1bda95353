"""Reviews and their clauses as hashed character grams: one to four letters in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grams import Grams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

LONGEST = 4
_FIRST, _LAST = "\x02", "\x03"
# Odd multipliers of good spread (Knuth, xxHash); the same for ever, since weights depend on them.
_SPREAD = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


def review_grams(plains: Sequence[str]) -> Grams:
    """Hash the grams of normalised texts, each distinct gram once with its count."""
    import numpy as np

    framed = [f"{_FIRST}{plain}{_LAST}" for plain in plains]
    codes = np.frombuffer("".join(framed).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owners = np.repeat(np.arange(len(plains), dtype=np.uint64), [len(text) for text in framed])
    keys = []
    for size, rolled in enumerate(_rolled(codes), start=1):
        whole = owners[: len(rolled)] == owners[size - 1 :]
        keys.append((owners[: len(rolled)] << np.uint64(32) | rolled)[whole])
    distinct, counts = np.unique(np.concatenate(keys), return_counts=True)
    starts = np.searchsorted(distinct >> np.uint64(32), np.arange(len(plains) + 1, dtype=np.uint64))
    return Grams(distinct.astype(np.uint32), counts.astype(np.float32), starts.astype(np.int64))


def _rolled(codes: npt.NDArray[np.uint32]) -> list[npt.NDArray[np.uint32]]:
    """For each size the hash of every run of letters; a longer run goes on from the shorter one."""
    import numpy as np

    rolled = np.zeros(len(codes), dtype=np.uint32)
    found = []
    for size, spread in enumerate(_SPREAD[:LONGEST]):
        here = codes[size:]
        rolled = (rolled[: len(here)] ^ here) * np.uint32(spread) + np.uint32(size + 1)
        rolled = rolled ^ (rolled >> np.uint32(15))
        found.append(rolled * np.uint32(_SPREAD[0]))
    return found
