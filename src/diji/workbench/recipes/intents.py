"""Fits the intents: our own corpus, and the labels of ``cic`` where they mean one of our intents."""

from __future__ import annotations

import json
import sys

import numpy as np

from diji.understanding import linear
from diji.workbench.recipes import fitting

TOLD = fitting.settings("intents")
OWN = fitting.CORPUS / "intents.tsv"
WEAK = [fitting.DATA / "cic" / "train.tsv", fitting.DATA / "cic" / "dev.tsv"]


def main() -> None:
    own = fitting.rows_of(OWN)
    weak = [row for path in WEAK if path.exists() for row in fitting.rows_of(path)]
    intent_of = {str(label): ours for ours, labels in TOLD["cic"].items() for label in labels}
    weak = [row for row in weak if row["label"] in intent_of]

    # 1. A third of the weak labels is wrong: keep a row where models that have not seen it agree.
    believed = weak_rows_believed([row["text"] for row in weak], [row["label"] for row in weak])
    dropped = int((~believed).sum())
    weak = [row for row, stays in zip(weak, believed, strict=True) if stays]

    # 2. Vectors; a rare intent speaks up, our own lines more than the weak ones.
    given = np.array([row["intent"] for row in own] + [intent_of[row["label"]] for row in weak])
    ours = np.arange(len(given)) < len(own)
    seen = fitting.hashed([row["text"] for row in own + weak])
    rarity = fitting.rarity_of(seen, TOLD["buckets"], least=TOLD["least_seen"])
    vectors = fitting.matrix(seen, rarity)
    weight = np.where(ours, TOLD["own_weight"], 1.0)
    mass = {label: weight[given == label].sum() for label in np.unique(given)}
    weight *= [(weight.sum() / len(mass) / mass[label]) ** TOLD["balance"] for label in given]

    # 3. Read every own row by a model that has not seen it: the temperature and a figure.
    labels = np.unique(given)
    part = np.where(ours, fitting.folds(len(given), TOLD["parts"], TOLD["seed"]), -1)
    margins = np.zeros((len(given), len(labels)))
    for number in range(TOLD["parts"]):
        learn, read = part != number, part == number
        model = fitting.fit_margins(
            vectors[learn], given[learn], strength=TOLD["strength"], weights=weight[learn]
        )
        margins[read] = model.decision_function(vectors[read])
    truth = np.searchsorted(labels, given)
    own_right = float((margins[ours].argmax(axis=1) == truth[ours]).mean())

    # 4. Fit on everything. The temperature comes from our own rows: they are harder than a day's
    # messages, so the shipped probabilities are cautious.
    model = fitting.fit_margins(vectors, given, strength=TOLD["strength"], weights=weight)
    temperature = TOLD["caution"] * fitting.best_temperature(margins[ours], truth[ours])
    card = {
        "task": "intents",
        "says": "which intent of the taxonomy a message carries",
        "data": fitting.fingerprint([OWN, *[path for path in WEAK if path.exists()]]),
        "written_for_this_project": int(ours.sum()),
        "weak_rows_kept": len(weak),
        "weak_rows_dropped": dropped,
        "settings": {key: value for key, value in TOLD.items() if key != "cic"},
        "figures": {"own_corpus_out_of_fold_accuracy": round(own_right, 4)},
        "limits": "Chinese e-commerce chat; other languages are read by rules only.",
    }
    ready = fitting.as_linear(model, rarity, temperature=temperature, card=card)
    linear.save(ready, linear.WEIGHTS / "intents")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def weak_rows_believed(texts: list[str], labels: list[str]) -> np.ndarray:
    """Whether models of the other parts put a row's own label among their first ``keep_rank``."""
    if not texts:
        return np.zeros(0, dtype=bool)
    seen = fitting.hashed(texts)
    vectors = fitting.matrix(seen, fitting.rarity_of(seen, 2 * TOLD["buckets"]))
    given, known = np.array(labels), np.unique(labels)
    part = fitting.folds(len(given), TOLD["parts"], TOLD["seed"])
    margins = np.zeros((len(given), len(known)))
    for number in range(TOLD["parts"]):
        learn, read = part != number, part == number
        model = fitting.fit_margins(vectors[learn], given[learn], strength=TOLD["strength"])
        margins[read] = model.decision_function(vectors[read])
    own = margins[np.arange(len(given)), np.searchsorted(known, given)]
    believed: np.ndarray = (margins > own[:, None]).sum(axis=1) < TOLD["keep_rank"]
    return believed


if __name__ == "__main__":
    main()
