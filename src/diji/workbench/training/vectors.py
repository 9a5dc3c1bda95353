"""Texts as sparse vectors of hashed grams, and the words of a label's name that tell it apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from diji.understanding import grams, linear, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

BUCKETS = 32_768
# A beginning that so many names share (买家咨询…) tells nothing of what one of them means.
_SHARED_BY, _SHARED_AT_LEAST = 0.1, 3


def hashed(texts: Sequence[str]) -> grams.Grams:
    return grams.grams([normalise(text) for text in texts])


def rarity_of(seen: grams.Grams) -> npt.NDArray[np.float32]:
    """Inverse document frequency of each bucket, in the half precision that is stored."""
    frequency = np.bincount(linear.bucket(seen.hashes, BUCKETS), minlength=BUCKETS)
    rarity = np.log((len(seen.starts)) / (1 + frequency)) + 1
    return rarity.astype(np.float16).astype(np.float32)


def matrix(seen: grams.Grams, rarity: npt.NDArray[np.float32]) -> csr_matrix:
    """One row of length one for each text, ``BUCKETS`` columns."""
    rows = linear.bucket(seen.hashes, len(rarity))
    values = linear.weigh(rows, seen, rarity)
    made = csr_matrix((values, rows, seen.starts), shape=(len(seen.starts) - 1, len(rarity)))
    made.sum_duplicates()
    return made


def telling(names: Sequence[str]) -> list[str]:
    """Names without the beginnings that many share, as lines which a consumer might write."""
    cut = list(names)
    while True:
        heads = Counter(name[:2] for name in cut if len(name) > 3)  # noqa: PLR2004
        least = max(_SHARED_AT_LEAST, _SHARED_BY * len(cut))
        shared = {head for head, times in heads.items() if times >= least}
        shorter = [name[2:] if len(name) > 3 and name[:2] in shared else name for name in cut]  # noqa: PLR2004
        if shorter == cut:
            return cut
        cut = shorter
