"""Fits the emotions: our own corpus, and labels of ``cic`` whose feeling is plain."""

from __future__ import annotations

import json
import sys

import numpy as np

from diji.understanding import linear
from diji.workbench.recipes import fitting

TOLD = fitting.settings("emotions")
OWN = fitting.CORPUS / "intents.tsv"
WEAK = [fitting.DATA / "cic" / "train.tsv", fitting.DATA / "cic" / "dev.tsv"]


def main() -> None:
    own = fitting.rows_of(OWN)
    feeling_of = {str(label): ours for ours, labels in TOLD["cic"].items() for label in labels}
    weak = [row for path in WEAK if path.exists() for row in fitting.rows_of(path)]
    weak = [row for row in weak if row["label"] in feeling_of]

    given = np.array([row["emotion"] for row in own] + [feeling_of[row["label"]] for row in weak])
    ours = np.arange(len(given)) < len(own)
    seen = fitting.hashed([row["text"] for row in own + weak])
    rarity = fitting.rarity_of(seen, TOLD["buckets"], least=TOLD["least_seen"])
    vectors = fitting.matrix(seen, rarity)
    weight = np.where(ours, TOLD["own_weight"], 1.0)

    # Feelings are rare among messages: let the rare ones speak up, by the root of their rarity.
    for feeling in np.unique(given):
        rows = given == feeling
        weight[rows] *= (len(given) / rows.sum() / 5) ** 0.5

    part = fitting.folds(len(given), TOLD["parts"], TOLD["seed"])
    labels = np.unique(given)
    logits = np.zeros((len(given), len(labels)))
    for number in range(TOLD["parts"]):
        learn, read = part != number, part == number
        model = fitting.fit(
            vectors[learn], given[learn], strength=TOLD["strength"], weights=weight[learn]
        )
        logits[read] = model.decision_function(vectors[read])
    truth = np.searchsorted(labels, given)
    right = logits[ours].argmax(axis=1) == truth[ours]

    model = fitting.fit(vectors, given, strength=TOLD["strength"], weights=weight)
    card = {
        "task": "emotions",
        "says": "how the consumer feels in one message",
        "data": fitting.fingerprint([OWN, *[path for path in WEAK if path.exists()]]),
        "written_for_this_project": int(ours.sum()),
        "weak_rows": int((~ours).sum()),
        "settings": {key: value for key, value in TOLD.items() if key != "cic"},
        "figures": {"own_corpus_out_of_fold_accuracy": round(float(right.mean()), 4)},
        "limits": "Weak labels of cic are noisy; irony is left to rules.",
    }
    temperature = fitting.best_temperature(logits[ours], truth[ours])
    ready = fitting.as_linear(model, rarity, temperature=temperature, card=card)
    linear.save(ready, linear.WEIGHTS / "emotions")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
