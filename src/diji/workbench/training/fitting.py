"""From a table to a folder: the model, its card, and the rows whose labels look wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from diji.understanding import linear

from .cleaning import clean, each, fit_margins, with_meanings
from .descent import fit_net
from .model import IntentModel, mixed
from .net import Net, alphabet_of
from .suspects import suspects_in, write_suspects
from .vectors import hashed, matrix, rarity_of, telling

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from diji.understanding import letters

    from .cleaning import Cleaned
    from .net import Floats
    from .table import Table

NETS = 4
RIGHT_WHERE_SURE = 0.98
# Of the fifth with the highest scores nearly all are read rightly: it shows what the labels are worth.
_SUREST, _RIGHT_AMONG_SUREST = 0.2, 0.995
NEVER = 1.01


def fit_intents(table: Table, folder: Path, *, seed: int) -> dict[str, Any]:
    """Clean the labels, fit on what is believed, write model and suspects; the answer is the card."""
    cleaned = clean(table.texts, table.labels, table.names, seed=seed)
    readings = mixed(cleaned.linear_readings, cleaned.net_readings)
    suspects = suspects_in(table, cleaned)
    sure_from = surely_right_from(readings, cleaned.given)
    meanings = telling([table.names[label] for label in cleaned.labels])
    alphabet = alphabet_of([*table.texts, *meanings])
    card = {
        "task": "intents",
        "says": "which of the table's labels a message carries",
        "data": {"fingerprint": table.fingerprint, "rows": len(table.texts)},
        "seed": seed,
        "names": table.names,
        "sure_from": sure_from,
        "nets": NETS,
        "letters": alphabet.letters,
        "figures": _figures(cleaned, readings, sure_from),
        "limits": "Out-of-fold figures are by models of fewer rows than the one that is kept.",
    }
    model = IntentModel(
        words=_linear(table, meanings, cleaned, card),
        alphabet=alphabet,
        nets=_nets(alphabet, [*table.texts, *meanings], cleaned, seed),
        sure_from=sure_from,
    )
    model.save(folder)
    write_suspects(suspects, folder / "suspects.tsv")
    return card


def surely_right_from(readings: Floats, given: npt.NDArray[np.int64]) -> float:
    """The lowest score from which on enough readings are right, although many labels are wrong.

    A wrong label agrees with a right reading as seldom everywhere, so agreement beside that of
    the surest readings is what tells how many are right.
    """
    scores, agrees = readings.max(axis=1), readings.argmax(axis=1) == given
    order = np.argsort(-scores, kind="stable")
    count = np.arange(1, len(order) + 1)
    agreeing = np.cumsum(agrees[order]) / count
    surest = max(1, int(_SUREST * len(order)))
    right = _RIGHT_AMONG_SUREST * agreeing / max(agreeing[surest - 1], 1e-9)
    enough = np.flatnonzero((right >= RIGHT_WHERE_SURE) & (count >= surest))
    return round(float(scores[order[enough[-1]]]), 4) if len(enough) else NEVER


def _linear(
    table: Table, meanings: list[str], cleaned: Cleaned, card: dict[str, Any]
) -> linear.Linear:
    seen = hashed([*table.texts, *meanings])
    rarity = rarity_of(seen)
    vectors = matrix(seen, rarity)
    rows = len(table.texts)
    weights, bias = fit_margins(vectors[:rows], vectors[rows:], cleaned.likelier, cleaned.weights)
    return linear.Linear(cleaned.labels, weights, bias, rarity, cleaned.temperature, card)


def _nets(
    alphabet: letters.Alphabet, texts: list[str], cleaned: Cleaned, seed: int
) -> tuple[Net, ...]:
    beliefs = with_meanings(cleaned.beliefs)
    seeds = np.random.default_rng(seed).integers(2**31, size=NETS)
    return tuple(
        each(lambda number: fit_net(alphabet, texts, beliefs, seed=int(seeds[number])), NETS)
    )


def _figures(cleaned: Cleaned, readings: Floats, sure_from: float) -> dict[str, Any]:
    """What the rows say of themselves, out of fold: as a whole and for each label."""
    said, kept = readings.argmax(axis=1), cleaned.likelier == cleaned.given
    sure = readings.max(axis=1) >= sure_from
    by_label = {}
    for at, label in enumerate(cleaned.labels):
        given, likelier = cleaned.given == at, cleaned.likelier == at
        by_label[label] = {
            "rows": int(given.sum()),
            "suspects": int((given & ~kept).sum()),
            "likelier_rows": int(likelier.sum()),
            "found_of_kept_rows": _share(said[given & kept] == at),
        }
    return {
        "labels_wrong": round(cleaned.noise, 3),
        "suspects": int((~kept).sum()),
        "agrees_with_given_label": _share(said == cleaned.given),
        "agrees_with_kept_label": _share((said == cleaned.given)[kept]),
        "confident": _share(sure),
        "by_label": by_label,
    }


def _share(true: npt.NDArray[np.bool_]) -> float | None:
    return round(float(true.mean()), 4) if len(true) else None
