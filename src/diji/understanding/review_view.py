"""Many reviews as models see them: clauses, their grams, their tone, and what the tables find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import review_tone, tables
from .clauses import clauses
from .normalise import normalise
from .review_grams import review_grams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from .grams import Grams

# With the model absent or short of words, each plain word of praise or blame moves this much.
_PER_WORD = 0.9
# Beside the model, in a clause; and how much the whole review leans on its clauses.
_PER_CLAUSE_WORD, _LEAN = 1.0, 0.15
# Beside the model, in a whole review, by the root of its clauses: plain words hold in any trade.
_PER_WHOLE_WORD = 0.6
_LONGEST_DENIAL = 4  # letters before a word in which it can be denied
_CUE_WORTH = 0.7
# Beyond these, in log-odds about its cut, a doubt says no more.
_LEAST_DOUBT, _MOST_DOUBT = -4, 3
_BLAMED = 0.25  # of the whole review, on the scale of -1 to 1 that clauses see


@dataclass(frozen=True, slots=True)
class Reviews:
    """A batch of reviews; clause ``i`` belongs to review ``owners[i]``.

    ``leaning`` (by plain words alone) and ``wholes`` have one number a review, ``parts``, ``words``
    and ``tones`` one a clause, all of them positive for praise; ``cues`` is [clauses, aspects] in
    the order of the table.
    """

    plains: list[str]
    cuts: list[list[tuple[int, int]]]
    owners: npt.NDArray[np.int64]
    grams: Grams
    clause_grams: Grams
    heard: review_tone.Heard
    leaning: npt.NDArray[np.float32]
    wholes: npt.NDArray[np.float32]
    parts: npt.NDArray[np.float32]
    words: npt.NDArray[np.float32]
    tones: npt.NDArray[np.float32]
    cues: npt.NDArray[np.bool_]


def view(texts: Sequence[str], tone: review_tone.Tone | None = None) -> Reviews:
    """Look at a batch once, at least one text; with the shipped tone unless another is given."""
    import numpy as np

    tone = tone or review_tone.load()
    plains = [normalise(text) for text in texts]
    cuts = [clauses(plain) for plain in plains]
    sizes = [len(cut) for cut in cuts]
    owners = np.repeat(np.arange(len(plains)), sizes)
    pieces = [plain[a:b] for plain, cut in zip(plains, cuts, strict=True) for a, b in cut]
    grams, clause_grams = review_grams(plains), review_grams(pieces)
    heard = _hear(tone, grams, plains)
    words = np.array([_by_words(piece) for piece in pieces], dtype=np.float32)
    leaning = np.bincount(owners, words, len(plains)) / np.sqrt(np.maximum(sizes, 1))
    parts = _hear(tone, clause_grams, pieces).odds
    lean = _LEAN * np.clip(heard.odds, -4, 4)[owners]
    return Reviews(
        plains=plains,
        cuts=cuts,
        owners=owners,
        grams=grams,
        clause_grams=clause_grams,
        heard=heard,
        leaning=leaning.astype(np.float32),
        wholes=(heard.odds + _PER_WHOLE_WORD * leaning).astype(np.float32),
        parts=parts,
        words=words,
        tones=parts + _PER_CLAUSE_WORD * words + lean,
        cues=_cues(plains, cuts, sum(sizes)),
    )


def clause_numbers(seen: Reviews) -> npt.NDArray[np.float32]:
    """What counts beside a clause's grams: [clauses, 10 tones and words + one a cue]."""
    import numpy as np

    part, whole = np.clip(seen.parts, -4, 4) / 4, np.clip(seen.wholes, -4, 4)[seen.owners] / 4
    words = np.clip(seen.words, -4, 4) / 4
    same = seen.owners[1:] == seen.owners[:-1]
    before, after = np.zeros_like(part), np.zeros_like(part)
    before[1:] = part[:-1] * same
    after[:-1] = part[1:] * same
    tones = np.stack(
        [
            part, whole, words, before, after, seen.parts < -1, whole < -_BLAMED, seen.words < 0,
            seen.words > 0, part * whole,
        ],
        axis=1,
    )  # fmt: skip
    return np.hstack([tones * _CUE_WORTH, seen.cues * _CUE_WORTH]).astype(np.float32)


def review_numbers(seen: Reviews) -> npt.NDArray[np.float32]:
    """What counts beside a whole review's grams when it is doubted: [reviews, 12]."""
    import numpy as np

    rows = []
    for plain, tones, heard in zip(seen.plains, _by_review(seen), seen.heard.odds, strict=True):
        best, worst = max(tones, default=0.0), min(tones, default=0.0)
        oppose = tables.pattern("polarity", "oppose").search(plain) is not None
        so_so = tables.pattern("polarity", "so_so").search(plain) is not None
        ironic = tables.pattern("polarity", "ironic").search(plain) is not None
        both = min(best, -worst)
        rows.append(
            (
                best / 4, worst / 4, both / 2, max(both, 0) * oppose, oppose, so_so, ironic,
                float(heard) / 4, abs(float(heard)) / 4, ironic * (worst < -1),
                np.log1p(len(plain)) / 4, np.log1p(len(tones)) / 2,
            )
        )  # fmt: skip
    return np.array(rows, dtype=np.float32)


def trust_numbers(seen: Reviews, above: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What the chance of being right depends on: [reviews, 6 + doubts].

    ``above`` says how far each doubt of each review lies above its cut.
    """
    import numpy as np

    loud = np.abs(seen.wholes)
    agreed = np.sign(seen.wholes) * seen.leaning
    best, worst = np.zeros_like(loud), np.zeros_like(loud)
    np.maximum.at(best, seen.owners, seen.tones)
    np.minimum.at(worst, seen.owners, seen.tones)
    long = np.log1p(np.array([len(plain) for plain in seen.plains]))
    facts = [loud, np.sqrt(loud), seen.heard.known, long, agreed, np.minimum(best, -worst)]
    doubts = np.clip(above, _LEAST_DOUBT, _MOST_DOUBT)
    return np.hstack([np.stack(facts, axis=1), doubts]).astype(np.float32)


def _by_review(seen: Reviews) -> list[list[float]]:
    tones: list[float] = seen.tones.tolist()
    grouped, place = [], 0
    for cut in seen.cuts:
        grouped.append(tones[place : place + len(cut)])
        place += len(cut)
    return grouped


def _hear(model: review_tone.Tone | None, grams: Grams, plains: Sequence[str]) -> review_tone.Heard:
    """By words alone where there is no model."""
    import numpy as np

    if model is not None:
        return model.hear(grams)
    odds = np.array([_by_words(plain) * _PER_WORD for plain in plains], dtype=np.float32)
    return review_tone.Heard(odds, np.zeros_like(odds), np.zeros_like(odds))


def _by_words(plain: str) -> int:
    """Words of praise less words of blame, turned round where they are denied."""
    total = 0
    for table, worth in (("praise", 1), ("blame", -1)):
        for match in tables.pattern("polarity", table).finditer(plain):
            before = plain[max(0, match.start() - _LONGEST_DENIAL) : match.start()]
            denied = tables.pattern("polarity", "negate").search(before)
            total += -worth if denied else worth
    return total


def _cues(
    plains: list[str], cuts: list[list[tuple[int, int]]], count: int
) -> npt.NDArray[np.bool_]:
    """Which table of aspects finds a word in which clause; whole reviews are searched at once."""
    import numpy as np

    table = tables.cues("aspects")
    found = np.zeros((count, len(table)), dtype=np.bool_)
    place = 0
    for plain, cut in zip(plains, cuts, strict=True):
        clause_at = np.zeros(0) if not cut else [0] * (len(plain) + 1)
        for number, (start, end) in enumerate(cut):
            clause_at[start:end] = [number] * (end - start)
        for column, cue in enumerate(table):
            for match in cue.says.finditer(plain):
                start, end = cut[clause_at[match.start()]]
                if cue.unless is None or not cue.unless.search(plain[start:end]):
                    found[place + clause_at[match.start()], column] = True
        place += len(cut)
    return found
