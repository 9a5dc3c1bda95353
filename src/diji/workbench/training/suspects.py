"""Rows whose label looks wrong, with the reason in words, for a person who will look at them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .vectors import hashed, matrix, rarity_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from .cleaning import Cleaned
    from .table import Table

HEADER = ("row", "text", "label", "likelier", "why", "score")
# A neighbour is worth naming where it is as like as this (cosine), and itself beyond doubt.
_LIKE, _SURE = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class Suspect:
    """``row`` is the line of the file; ``score`` is how likely the given label is wrong."""

    row: int
    text: str
    label: str
    likelier: str
    why: str
    score: float


def suspects_in(table: Table, cleaned: Cleaned) -> list[Suspect]:
    """The rows that should carry another label, the surest first."""
    rows = np.flatnonzero(cleaned.likelier != cleaned.given)
    like = _nearest(table, cleaned, rows)
    found = [_suspect(table, cleaned, int(row), like.get(int(row))) for row in rows]
    return sorted(found, key=lambda one: (-one.score, one.row))


def write_suspects(suspects: list[Suspect], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerow(HEADER)
        for one in suspects:
            cells = (one.row, one.text, one.label, one.likelier, one.why, f"{one.score:.3f}")
            writer.writerow(cells)


def _suspect(table: Table, cleaned: Cleaned, row: int, like: int | None) -> Suspect:
    given, likelier = int(cleaned.given[row]), int(cleaned.likelier[row])
    said = (cleaned.linear_readings[row] + cleaned.net_readings[row]) / 2
    place = int((said > said[given]).sum()) + 1
    agree = cleaned.linear_readings[row].argmax() == cleaned.net_readings[row].argmax()
    who = "两个模型都" if agree else "模型"
    reasons = [
        f"没见过这一行的{who}读成「{_called(table, cleaned, likelier)}」（{said[likelier]:.0%}）",
        f"所给的「{_called(table, cleaned, given)}」排第 {place}（{said[given]:.1%}）",
    ]
    if like is not None:
        reasons.append(f"很像第 {table.lines[like]} 行「{table.texts[like]}」")
    return Suspect(
        row=table.lines[row],
        text=table.texts[row],
        label=cleaned.labels[given],
        likelier=cleaned.labels[likelier],
        why="，".join(reasons),
        score=float(1 - cleaned.beliefs[row, given]),
    )


def _called(table: Table, cleaned: Cleaned, at: int) -> str:
    return table.names[cleaned.labels[at]]


def _nearest(table: Table, cleaned: Cleaned, rows: npt.NDArray[np.int64]) -> dict[int, int]:
    """For each row the likest one among those that rightly carry its likelier label, if any is like it."""
    seen = hashed(table.texts)
    vectors = matrix(seen, rarity_of(seen))
    trusted = (cleaned.likelier == cleaned.given) & (cleaned.beliefs.max(axis=1) >= _SURE)
    found: dict[int, int] = {}
    for label in np.unique(cleaned.likelier[rows]):
        asked = rows[cleaned.likelier[rows] == label]
        known = np.flatnonzero(trusted & (cleaned.given == label))
        if not len(known):
            continue
        likeness = (vectors[asked] @ vectors[known].T).toarray()
        best = likeness.argmax(axis=1)
        near = likeness.max(axis=1) >= _LIKE
        found |= dict(zip(asked[near].tolist(), known[best[near]].tolist(), strict=True))
    return found
