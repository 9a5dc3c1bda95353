"""A figure with its 95 % interval, what it is to reach, and the table that shows both."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

DRAWS, SEED = 1000, 20261123
WIDTHS = (46, 9, 22, 22, 22)
HEADS = ("", "goal", "Diji", "TF-IDF + linear", "SnowNLP", "met")

Ids: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and between what chance could have moved it in 95 of 100 cases."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        told = [_short(one) for one in (self.value, self.low, self.high)]
        return told[0] if self.low == self.high else f"{told[0]} [{told[1]}, {told[2]}]"


def _short(number: float) -> str:
    if abs(number) >= 100:
        return f"{number:,.0f}"
    if abs(number) > 1:
        return f"{number:.2f}"
    return f"{number:.3f}".replace("0.", ".", 1)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to reach or, ``at_most``, not to pass."""

    limit: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {_short(self.limit)}"

    def verdict(self, figure: Figure) -> str:
        """Met only when the worse end of the interval passes."""
        sign = -1 if self.at_most else 1
        worse = figure.high if self.at_most else figure.low
        if sign * worse >= sign * self.limit:
            return "yes"
        return "open: chance" if sign * figure.value >= sign * self.limit else "no"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a baseline is None where it makes no sense."""

    ours: Figure | None
    plain: Figure | None = None
    snow: Figure | None = None


@dataclass(slots=True)
class Measured:
    """The rows of a part by name, and what has to be said beside them."""

    rows: dict[str, Row] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A set of rows from the same data; ``used`` says whether these were seen before."""

    name: str
    title: str
    used: str
    goals: dict[str, Goal | None]
    needs: tuple[Path, ...]
    measure: Callable[[], Measured]

    @property
    def missing(self) -> list[str]:
        return [f"{path.parent.name}/{path.name}" for path in self.needs if not path.exists()]


def interval(of: Callable[[Ids], float], owners: int | Sequence[Any]) -> Figure:
    """A figure of rows, with what remains when rows, or those who own several, are drawn anew.

    Every call draws the same, so that what stands in one line is compared on the same draws.
    """
    chance = np.random.default_rng(SEED)
    if isinstance(owners, int):
        rows = owners
        drawn = [chance.integers(rows, size=rows) for _ in range(DRAWS)]
    else:
        rows = len(owners)
        _, place = np.unique(np.array(owners), return_inverse=True)
        members = [np.flatnonzero(place == one) for one in range(place.max() + 1)]
        drawn = [
            np.concatenate(
                [members[one] for one in chance.integers(len(members), size=len(members))]
            )
            for _ in range(DRAWS)
        ]
    told = [of(one) for one in drawn]
    low, high = np.nanquantile(told, [0.025, 0.975])
    return Figure(of(np.arange(rows)), float(low), float(high))


def share(hits: Bools, owners: int | Sequence[Any] | None = None) -> Figure:
    return interval(lambda rows: _mean(hits[rows]), len(hits) if owners is None else owners)


def share_where(hits: Bools, kept: Bools, owners: int | Sequence[Any] | None = None) -> Figure:
    """The share of hits among the kept rows."""
    who = len(hits) if owners is None else owners
    return interval(lambda rows: _mean(hits[rows][kept[rows]]), who)


def surest(sureness: Floats, count: int) -> Bools:
    """So many rows with the highest scores."""
    kept = np.zeros(len(sureness), dtype=np.bool_)
    kept[np.argsort(-sureness, kind="stable")[:count]] = True
    return kept


def exactly(value: float) -> Figure:
    """What is counted, not sampled."""
    return Figure(value, value, value)


def _mean(hits: npt.NDArray[Any]) -> float:
    return float(hits.mean()) if len(hits) else float("nan")


def macro_f1(truth: Ids, said: Ids) -> float:
    """The mean F1 of the labels that occur."""
    size = int(max(truth.max(), said.max())) + 1
    hits = np.bincount(truth[truth == said], minlength=size)
    both = np.bincount(truth, minlength=size) + np.bincount(said, minlength=size)
    return float((2 * hits[both > 0] / both[both > 0]).mean())


def micro_f1(found: Bools, gold: Bools) -> float:
    """F1 over all marks of rows by labels."""
    either = found.sum() + gold.sum()
    return float(2 * (found & gold).sum() / either) if either else float("nan")


def recall_at_tenth(wanted: Bools, told: Floats) -> float:
    """The share of the wanted that is found where one in ten of the others is called too."""
    if wanted.all() or not wanted.any():
        return float("nan")
    return float((told[wanted] > np.quantile(told[~wanted], 0.9)).mean())


def auroc(wanted: Bools, told: Floats) -> float:
    from scipy.stats import rankdata  # type: ignore[import-untyped]

    hits = int(wanted.sum())
    if hits in (0, len(wanted)):
        return float("nan")
    above = rankdata(told)[wanted].sum() - hits * (hits + 1) / 2
    return float(above / (hits * (len(wanted) - hits)))


def progress(said: str) -> None:
    print(f"… {said}", file=sys.stderr, flush=True)


def lines(part: Part, measured: Measured | None) -> list[str]:
    """What is printed of a part; without data each row says so."""
    told = ["", part.title, f"  {part.used}"]
    told += [f"  {note}" for note in (measured.notes if measured else [])]
    told.append(_line(HEADS))
    for what, goal in part.goals.items():
        row = measured.rows.get(what) if measured else None
        wanted = str(goal) if goal else ""
        if row is None:
            told.append(_line((what, wanted, "not here", "", "", "")))
            continue
        verdict = goal.verdict(row.ours) if goal and row.ours else ""
        told.append(_line((what, wanted, *map(_cell, (row.ours, row.plain, row.snow)), verdict)))
    return told


def _cell(figure: Figure | None) -> str:
    return str(figure) if figure else "–"


def _line(cells: Sequence[str]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)]
    return "  " + " ".join([*padded, *cells[len(WIDTHS) :]]).rstrip()


def as_data(part: Part, measured: Measured | None) -> dict[str, Any]:
    """The same for a file."""
    rows = {}
    for what, goal in part.goals.items():
        row = measured.rows.get(what) if measured else None
        met = goal.verdict(row.ours) if goal and row and row.ours else None
        rows[what] = {"goal": str(goal) if goal else None, "met": met} | (
            asdict(row) if row else {"not_here": part.missing}
        )
    notes = measured.notes if measured else []
    return {"part": part.name, "title": part.title, "used": part.used, "notes": notes, "rows": rows}
