"""Rows that others labelled, a third of them wrongly: kept where models that have not seen them agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diji.workbench.recipes import fitting

if TYPE_CHECKING:
    from pathlib import Path

BUCKETS, PARTS, STRENGTH = 65536, 5, 0.4


def believed(
    paths: list[Path], meanings: dict[str, list[int]], *, keep_rank: int, seed: int
) -> list[tuple[str, str]]:
    """(text, our intent) of each row whose label means one of our intents and is believed.

    ``meanings`` maps our intents to labels of the files; a row stays where the models of the other
    parts put its own label among their first ``keep_rank``.
    """
    ours = {str(label): intent for intent, labels in meanings.items() for label in labels}
    rows = [row for path in paths if path.exists() for row in fitting.rows_of(path)]
    rows = [row for row in rows if row["label"] in ours]
    if not rows:
        return []
    seen = fitting.hashed([row["text"] for row in rows])
    vectors = fitting.matrix(seen, fitting.rarity_of(seen, BUCKETS))
    given = np.array([row["label"] for row in rows])
    known = np.unique(given)
    part = fitting.folds(len(given), PARTS, seed)
    margins = np.zeros((len(given), len(known)))
    for number in range(PARTS):
        learn, read = part != number, part == number
        model = fitting.fit_margins(vectors[learn], given[learn], strength=STRENGTH)
        margins[read] = model.decision_function(vectors[read])
    own = margins[np.arange(len(given)), np.searchsorted(known, given)]
    stays = (margins > own[:, None]).sum(axis=1) < keep_rank
    return [
        (row["text"], ours[row["label"]]) for row, kept in zip(rows, stays, strict=True) if kept
    ]
