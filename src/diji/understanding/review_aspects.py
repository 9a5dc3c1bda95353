"""What the clauses of reviews speak of, and how: learnt where there is data, by table elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import review_view, tables
from .reading import Aspect

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from .review_heads import Heads
    from .review_view import Reviews

TONES = ("negative", "neutral", "positive")
# A clause of which less is said than this is told of without praise or blame.
_NEUTRAL_TONE = 0.45


def aspects_in(
    model: Heads | None, texts: Sequence[str], seen: Reviews
) -> list[tuple[Aspect, ...]]:
    """For each review its aspects in the order of the clauses that show them."""
    columns = [cue.of for cue in tables.cues("aspects")]
    if model is None:
        named, tones = _by_table(seen, columns), _by_tone(seen)
    else:
        logits = model.logits(seen.clause_grams, review_view.clause_numbers(seen))
        learnt = [label for label in model.labels if label not in TONES]
        named = _named(seen, logits, learnt, columns, model.card["cuts"])
        tones = [TONES[one] for one in logits[:, len(learnt) :].argmax(axis=1)]
    found: list[list[Aspect]] = [[] for _ in texts]
    places = [place for cut in seen.cuts for place in cut]
    for clause, aspects in enumerate(named):
        owner, (start, end) = int(seen.owners[clause]), places[clause]
        found[owner] += [
            Aspect(one, tones[clause], texts[owner][start:end], start, end) for one in aspects
        ]
    return [tuple(one) for one in found]


def _named(
    seen: Reviews,
    logits: npt.NDArray[np.float32],
    learnt: list[str],
    columns: list[str],
    cuts: dict[str, float],
) -> list[list[str]]:
    """The aspects of each clause; those that nothing was learnt about are left to the table."""
    import numpy as np

    named: list[list[str]] = [[] for _ in seen.owners]
    for column, aspect in enumerate(columns):
        spoken = seen.cues[:, column]
        if aspect in cuts:
            spoken = logits[:, learnt.index(aspect)] >= cuts[aspect]
        for clause in np.flatnonzero(spoken):
            named[clause].append(aspect)
    return named


def _by_table(seen: Reviews, columns: list[str]) -> list[list[str]]:
    named = []
    for row in seen.cues:
        spoken = [aspect for aspect, found in zip(columns, row, strict=True) if found]
        if len(spoken) > 1 and "overall" in spoken:
            # "质量不错" speaks of quality; overall is what remains.
            spoken.remove("overall")
        named.append(spoken)
    return named


def _by_tone(seen: Reviews) -> list[str]:
    return [
        "neutral" if abs(tone) < _NEUTRAL_TONE else "positive" if tone > 0 else "negative"
        for tone in seen.tones.tolist()
    ]
