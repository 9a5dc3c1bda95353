"""Prints how well reviews are read, each figure with its 95 % interval.

Restaurants were never learnt from, but how sure is sure enough was settled with their figures in
view: their figures where sure flatter. Hard reviews and cosmetics are read by models of aspects
and doubts that have not seen them, fitted here; shops by the model that ships, on its test rows.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from diji.understanding import Models, linear, read_reviews, read_with, review_heads, warm_up
from diji.workbench.recipes import aspects, doubts, fitting, review_rows
from diji.workbench.recipes import review_scores as scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diji.understanding import ReviewReading


def main() -> None:
    card = json.loads((linear.WEIGHTS / "sentiment" / "card.json").read_text("utf-8"))
    figures = {
        "shops, test rows of known categories": sides("online_shopping_10_cats/test.tsv", "1", "0"),
        "shops, categories left out (from the card)": card["figures"],
        "restaurants": sides("dianping_sentence4/train.tsv", "good", "bad"),
        "hard reviews": hard(),
        "aspects of cosmetics": cosmetics(),
        "speed and size": speed(),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


def sides(path: str, good: str, bad: str) -> dict[str, str]:
    """Good or bad, whichever is the more probable, and how often that may act alone."""
    rows = [row for row in fitting.rows_of(fitting.DATA / path) if row["label"] in (good, bad)]
    readings = read_reviews([row["text"] for row in rows])
    praised = [
        one.sentiment_scores["positive"] > one.sentiment_scores["negative"] for one in readings
    ]
    right = [said == (row["label"] == good) for said, row in zip(praised, rows, strict=True)]
    sure = [ok for ok, one in zip(right, readings, strict=True) if one.confident]
    return {
        "right": scores.share(sum(right), len(right)),
        "sure": scores.share(len(sure), len(right)),
        "right_where_sure": scores.share(sum(sure), len(sure)),
        "so_so": scores.share(sum(one.sentiment == "neutral" for one in readings), len(right)),
    }


def hard() -> dict[str, dict[str, str]]:
    """Our own ironic, mixed and faint reviews, each read by doubts that have not seen it."""
    rows = fitting.rows_of(review_rows.HARD)
    ours, shipped = doubts.gather(), review_heads.load("doubts")
    readings: dict[int, ReviewReading] = {}
    for number in range(doubts.TOLD["parts"]):
        here = np.flatnonzero(ours.part[: len(rows)] == number)
        model = replace(doubts.fit(ours, ours.part != number), card=shipped.card if shipped else {})
        read = read_with(Models(None, model), [rows[one]["text"] for one in here])
        readings.update(zip(here.tolist(), read, strict=True))
    told = [(rows[one], readings[one]) for one in range(len(rows))]
    return {
        "all": _hard(told),
        **{
            kind: _hard([pair for pair in told if pair[0]["kind"] == kind])
            for kind in doubts.REASONS
        },
    }


def _hard(told: Sequence[tuple[dict[str, str], ReviewReading]]) -> dict[str, str]:
    wrong = [one for row, one in told if one.sentiment != row["sentiment"]]
    blaming = [one for row, one in told if row["sentiment"] == "negative"]
    return {
        "confident_and_wrong": scores.share(sum(one.confident for one in wrong), len(told)),
        "blame_called_good": scores.share(
            sum(one.sentiment == "positive" for one in blaming), len(blaming)
        ),
        "right": scores.share(len(told) - len(wrong), len(told)),
        "known_as_mixed": scores.share(sum(one.mixed for _, one in told), len(told)),
    }


def cosmetics() -> dict[str, str]:
    """Aspects of each review as found by a model fitted on the other folds."""
    rows = review_rows.annotated(review_rows.COSMETICS)
    ours, shipped = aspects.clauses_of(rows), review_heads.load("aspects")
    part = np.array([aspects.part_of(row) for row in rows])
    found: list[set[tuple[str, str]]] = [set() for _ in rows]
    for number in range(aspects.TOLD["parts"]):
        here = np.flatnonzero(part == number)
        model = replace(
            aspects.fit(ours, ours.part != number), card=shipped.card if shipped else {}
        )
        readings = read_with(Models(model, None), [rows[one]["text"] for one in here])
        for one, reading in zip(here, readings, strict=True):
            found[one] = {(it.id, it.sentiment) for it in reading.aspects}
    gold = [aspects.pairs_of(row) for row in rows]
    found = [{pair for pair in one if pair[0] in aspects.ASPECTS} for one in found]

    def figures(drawn: Sequence[int]) -> dict[str, float]:
        return scores.f_scores(
            [found[one] for one in drawn], [gold[one] for one in drawn], aspects.ASPECTS
        )

    return scores.resampled(figures, len(rows))


def speed() -> dict[str, Any]:
    """Reviews a second of processor time, with aspects, and what the models weigh."""
    texts = [
        row["text"]
        for row in fitting.rows_of(fitting.DATA / "online_shopping_10_cats" / "test.tsv")
    ]
    warm_up()
    started = time.process_time()
    read_reviews(texts)
    took = time.process_time() - started
    weights = [linear.WEIGHTS / task / "weights.npz" for task in ("sentiment", "aspects", "doubts")]
    return {
        "reviews_a_second": round(len(texts) / took),
        "models_megabytes": round(sum(path.stat().st_size for path in weights) / 2**20, 2),
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
