"""Fits what a clause of a review speaks of, and how; held-out figures are by review."""

from __future__ import annotations

import json
import re
import sys
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from diji.understanding import linear, review_heads, review_view, tables
from diji.workbench.recipes import fitting, review_rows
from diji.workbench.recipes.review_scores import f_scores
from diji.workbench.training.vectors import matrix

if TYPE_CHECKING:
    import numpy.typing as npt

    from diji.understanding import Reviews

TOLD = fitting.settings("aspects")
ASPECTS = tuple(TOLD["categories"].values())
TONES = ("negative", "neutral", "positive")
# Whose labels a clause has: the annotators of cosmetics, ours, or the table's.
COSMETICS, OURS, WEAK = range(3)
Pair = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Everything learnt from: ``said[i]`` are the pairs of clause ``i``, None where unknown.

    ``part`` is the fold of the clause's review, -1 for clauses that are never measured.
    """

    seen: Reviews
    said: list[set[Pair]]
    weight: npt.NDArray[np.float64]
    weak: npt.NDArray[np.bool_]
    part: npt.NDArray[np.int64]


def main() -> None:
    rows = review_rows.annotated(review_rows.COSMETICS)
    ours = clauses_of(rows)

    # 1. Out of fold: what each review looks like to a model that has not seen it.
    count = int((ours.part >= 0).sum())
    logits = np.zeros((count, len(ASPECTS) + len(TONES)), dtype=np.float32)
    for number in range(TOLD["parts"]):
        model = fit(ours, ours.part != number)
        here = ours.part[:count] == number
        logits[here] = _told(model, ours)[:count][here]
    gold = [pairs_of(row) for row in rows]
    owners = ours.seen.owners[:count]
    cuts = best_cuts(logits, owners, gold)
    found = found_pairs(logits, owners, cuts, len(rows))

    # 2. Fit on everything.
    card = {
        "task": "aspects",
        "says": "log-odds that a clause speaks of an aspect, then of its three tones",
        "data": fitting.fingerprint([review_rows.COSMETICS, review_rows.SHOPS, review_rows.HARD]),
        "rows": len(rows),
        "settings": {key: value for key, value in TOLD.items() if key != "categories"},
        "cuts": {one: round(float(cut), 3) for one, cut in zip(ASPECTS, cuts, strict=True)},
        "figures": f_scores(found, gold, ASPECTS),
        "limits": "Twelve aspects are learnt from cosmetics; the other six are found by table. "
        "Figures are out of fold by review; the cuts were chosen on them.",
    }
    ready = replace(fit(ours, np.ones(len(ours.part), dtype=np.bool_)), card=card)
    review_heads.save(ready, linear.WEIGHTS / "aspects")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def pairs_of(row: Row) -> set[Pair]:
    """The categories of one annotated review as (aspect, tone)."""
    return {
        (TOLD["categories"][label["category"]], TOLD["polarities"][label["polarity"]])
        for label in row["labels"]
        if label["category"] in TOLD["categories"]
    }


def part_of(row: Row) -> int:
    """The fold of a review, by its id: the same for ever."""
    return zlib.crc32(row["id"].encode()) % int(TOLD["parts"])


def clauses_of(rows: list[Row]) -> Clauses:
    """Annotated reviews first, then our hard ones, then clauses that only the table labels."""
    hard = fitting.rows_of(review_rows.HARD)
    shops = [row["text"] for row in fitting.rows_of(review_rows.SHOPS)]
    chosen = np.random.default_rng(TOLD["seed"]).choice(
        len(shops), TOLD["weak_reviews"], replace=False
    )
    weak = [shops[one] for one in sorted(chosen)]
    seen = review_view.view([row["text"] for row in [*rows, *hard]] + weak)
    said: list[set[Pair]] = [set() for _ in seen.owners]
    first = np.searchsorted(seen.owners, np.arange(len(seen.plains)))
    for number, row in enumerate(rows):
        for place, pair in _placed(row, seen.cuts[number]):
            said[first[number] + place].add(pair)
    for number, row in enumerate(hard, start=len(rows)):
        for place, pair in _placed_hard(row, seen.cuts[number]):
            said[first[number] + place].add(pair)
    kind = np.repeat([COSMETICS, OURS, WEAK], [len(rows), len(hard), len(weak)])[seen.owners]
    columns = [cue.of for cue in tables.cues("aspects")]
    for clause in np.flatnonzero(kind == WEAK):
        said[clause] = {(columns[one], "") for one in np.flatnonzero(seen.cues[clause])}
    weight = np.array([1.0, TOLD["hard_weight"], TOLD["weak_weight"]])[kind]
    parts = np.array([part_of(row) for row in rows] + [-1] * (len(hard) + len(weak)))
    return Clauses(seen, said, weight, kind == WEAK, parts[seen.owners])


def _placed(row: Row, cut: list[tuple[int, int]]) -> list[tuple[int, Pair]]:
    """Each opinion with the clause that holds it; a word said twice is used twice."""
    used: set[tuple[int, str]] = set()
    placed = []
    for label in row["labels"]:
        if label["category"] not in TOLD["categories"] or not cut:
            continue
        words = label["opinion"] if label["opinion"] != "_" else label["aspect"]
        places = [match.start() for match in re.finditer(re.escape(words), row["text"])]
        about = row["text"].find(label["aspect"]) if label["aspect"] != "_" else 0
        places.sort(key=lambda place, about=about: abs(place - about))  # type: ignore[misc]
        free = [place for place in places if (place, label["category"]) not in used] or places
        used.add((free[0], label["category"]))
        pair = (TOLD["categories"][label["category"]], TOLD["polarities"][label["polarity"]])
        placed.append((_clause_at(free[0], cut), pair))
    return placed


def _placed_hard(row: dict[str, str], cut: list[tuple[int, int]]) -> list[tuple[int, Pair]]:
    placed = []
    for label in filter(None, row["aspects"].split(";")):
        aspect, tone, words = label.split(":", 2)
        if words in row["text"]:
            placed.append((_clause_at(row["text"].find(words), cut), (aspect, tone)))
    return placed


def _clause_at(place: int, cut: list[tuple[int, int]]) -> int:
    return max((number for number, (start, _) in enumerate(cut) if start <= place), default=0)


def fit(ours: Clauses, learn: npt.NDArray[np.bool_]) -> review_heads.Heads:
    """Every aspect against the rest, and the tone of the clauses that have one."""
    rarity = fitting.rarity_of(ours.seen.clause_grams, TOLD["buckets"], least=TOLD["least_seen"])
    vectors = _vectors(ours, rarity)
    blamed = np.array([any(tone == "negative" for _, tone in said) for said in ours.said])
    weight = ours.weight * np.where(blamed, TOLD["blame_weight"], 1)
    fitted = []
    for aspect in ASPECTS:
        rows = learn & (~ours.weak | (aspect in TOLD["weak_aspects"]))
        spoken = np.array([any(one == aspect for one, _ in said) for said in ours.said])
        model = fitting.fit_against_rest(
            vectors[rows], spoken[rows], strength=TOLD["strength"], weights=weight[rows]
        )
        fitted.append((model.coef_[0], model.intercept_[0]))
    where = [(i, tone) for i in np.flatnonzero(learn) for _, tone in sorted(ours.said[i]) if tone]
    picked, tones = np.array([i for i, _ in where]), np.array([tone for _, tone in where])
    model = LogisticRegression(C=TOLD["polarity_strength"], max_iter=300).fit(
        vectors[picked], tones, sample_weight=weight[picked]
    )
    fitted += list(zip(model.coef_, model.intercept_, strict=True))
    both = np.stack([one for one, _ in fitted], axis=1).astype(np.float32)
    return review_heads.Heads(
        labels=(*ASPECTS, *TONES),
        rarity=rarity,
        weights=both[: TOLD["buckets"]].astype(np.float16).astype(np.float32),
        facts=both[TOLD["buckets"] :],
        bias=np.array([one for _, one in fitted], dtype=np.float32),
        card={},
    )


def _told(model: review_heads.Heads, ours: Clauses) -> npt.NDArray[np.float32]:
    return model.logits(ours.seen.clause_grams, review_view.clause_numbers(ours.seen))


def _vectors(ours: Clauses, rarity: npt.NDArray[np.float32]) -> csr_matrix:
    numbers = csr_matrix(review_view.clause_numbers(ours.seen))
    return hstack([matrix(ours.seen.clause_grams, rarity), numbers]).tocsr()


def found_pairs(
    logits: npt.NDArray[np.float32],
    owners: npt.NDArray[np.int64],
    cuts: npt.NDArray[np.float64],
    reviews: int,
) -> list[set[Pair]]:
    """What each review is found to say, as the shipped reading decides it."""
    tones = logits[:, len(ASPECTS) :].argmax(axis=1)
    found: list[set[Pair]] = [set() for _ in range(reviews)]
    for clause, column in np.argwhere(logits[:, : len(ASPECTS)] >= cuts):
        found[owners[clause]].add((ASPECTS[column], TONES[tones[clause]]))
    return found


def best_cuts(
    logits: npt.NDArray[np.float32], owners: npt.NDArray[np.int64], gold: list[set[Pair]]
) -> npt.NDArray[np.float64]:
    """For each aspect the log-odds from which it is named: where F1 over reviews is highest."""
    cuts = np.zeros(len(ASPECTS))
    for column, aspect in enumerate(ASPECTS):
        loudest = np.full(len(gold), -99.0)
        np.maximum.at(loudest, owners, logits[:, column])
        truth = np.array([any(one == aspect for one, _ in said) for said in gold])

        def f_one(
            cut: float,
            loudest: npt.NDArray[np.float64] = loudest,
            truth: npt.NDArray[np.bool_] = truth,
        ) -> float:
            named = loudest >= cut
            return float(2 * (named & truth).sum() / max(1, named.sum() + truth.sum()))

        cuts[column] = max(np.arange(-2.0, 0.6, 0.1), key=f_one)
    return cuts


if __name__ == "__main__":
    main()
