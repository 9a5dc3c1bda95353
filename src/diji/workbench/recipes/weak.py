"""Rows that others labelled, a third of them wrongly: kept where models that have not seen them agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diji.understanding import plain_of, signs, trouble
from diji.workbench.recipes import fitting
from diji.workbench.training.vectors import hashed, matrix

if TYPE_CHECKING:
    from pathlib import Path

BUCKETS, PARTS, STRENGTH = 65536, 5, 0.4
_SHORTEST, _LONGEST = 4, 60  # letters of a review that is about as long as a message


@dataclass(frozen=True, slots=True)
class Lent:
    """A believed row: what it wants, what went wrong (None: its intent does not tell), and whether it is calm."""

    text: str
    intent: str
    issues: frozenset[str] | None
    calm: bool


def lent(rows: list[tuple[str, str]], *, restless: list[str], means: dict[str, str]) -> list[Lent]:
    """What believed intents tell of troubles and moods.

    Most real messages are calm, and our own corpus has few of them. An intent that is not ``restless``
    tells that nothing went wrong, unless the words say otherwise: such a row is left out.
    """
    told = []
    for text, intent in rows:
        seen = signs.look(plain_of(text))
        issues: frozenset[str] | None
        if intent in means:
            issues = frozenset({means[intent]})
        elif intent in restless:
            issues = frozenset(seen.troubles.scores) or None
        else:
            issues = None if seen.troubles.scores else frozenset()
        quiet = not (seen.troubles.scores or seen.emotions or seen.flags)
        told.append(Lent(text, intent, issues, quiet and intent not in restless))
    return told


def complaints(path: Path, *, most: int, seed: int) -> list[tuple[str, frozenset[str]]]:
    """Short reviews with the issues that their words tell beyond doubt, and good ones that tell of none.

    They lend words around a complaint that no table holds; reviews of goods only, never of a chat.
    """
    rows = fitting.rows_of(path) if path.exists() else []
    told = []
    for place in np.random.default_rng(seed).permutation(len(rows))[:most]:
        text, good = rows[place]["text"], rows[place]["label"] == "1"
        plain = plain_of(text)
        if not _SHORTEST <= len(plain) <= _LONGEST:
            continue
        found = trouble.issues_in(plain, said=True).scores
        sure = frozenset(one for one, score in found.items() if score >= trouble.SURE)
        if sure or (good and not found):
            told.append((text, sure))
    return told


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
    seen = hashed([row["text"] for row in rows])
    vectors = matrix(seen, fitting.rarity_of(seen, BUCKETS))
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
