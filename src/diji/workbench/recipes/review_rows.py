"""Reads what the recipes of reviews learn from: shops, phrases, cosmetics, cars, our hard ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diji.workbench.recipes import fitting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHOPS = fitting.DATA / "online_shopping_10_cats" / "train.tsv"
NLPCC = fitting.DATA / "nlpcc2014_sc" / "train.tsv"
EPRSTMT = fitting.DATA / "eprstmt" / "train.tsv"
UNLABELLED = fitting.DATA / "eprstmt" / "unlabeled.tsv"
COSMETICS = fitting.DATA / "zhijiang_cosmetics" / "train.jsonl"
CARS = fitting.DATA / "bdci_car" / "train.jsonl"
HARD = fitting.CORPUS / "reviews_hard.tsv"
# Short sentences of trades that no public set covers, written line by line for this project.
PHRASES = fitting.HERE / "review_phrases.tsv"
# The sides as the cars write them.
_GOOD, _BAD = {"1"}, {"-1"}


@dataclass(frozen=True, slots=True)
class Side:
    """A text known to praise or to blame, and where it comes from."""

    text: str
    praised: bool
    domain: str


def sides(extra: Iterable[str]) -> list[Side]:
    """Every text with a plain side; ``extra`` names the sources beside the shops.

    Cosmetics and our hard reviews stay out: other models learn from what this one says of them.
    """
    rows = [Side(row["text"], row["label"] == "1", row["cat"]) for row in fitting.rows_of(SHOPS)]
    for path in (NLPCC, EPRSTMT):
        rows += [
            Side(row["text"], row["label"] == "1", path.parent.name)
            for row in fitting.rows_of(path)
        ]
    if "cars" in extra:
        rows += _one_sided(CARS, "cars")
    if "phrases" in extra:
        rows += [
            Side(row["text"], row["label"] == "1", "phrases") for row in fitting.rows_of(PHRASES)
        ]
    return rows


def is_spared(at: int) -> bool:
    """Whether no tone may learn from this unlabelled row: the doubts take it for plain."""
    return at % 4 == 0


def annotated(path: Path) -> list[dict[str, Any]]:
    """Reviews with labelled opinions, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _one_sided(path: Path, domain: str) -> list[Side]:
    """Annotated texts all of whose opinions are on one side."""
    rows = []
    for row in annotated(path):
        said = {label["polarity"] for label in row["labels"]}
        if said and (said <= _GOOD or said <= _BAD):
            rows.append(Side(row["text"], said <= _GOOD, domain))
    return rows
