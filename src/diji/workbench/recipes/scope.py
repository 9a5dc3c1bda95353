"""Fits the scope: talk of a shop against everything else that people say to machines."""

from __future__ import annotations

import json
import sys

import numpy as np
from sklearn.metrics import roc_auc_score

from diji.understanding import linear
from diji.workbench.recipes import fitting
from diji.workbench.training.vectors import matrix

TOLD = fitting.settings("scope")
OWN = fitting.CORPUS / "utterances.tsv"
TALKS = fitting.CORPUS / "dialogues.tsv"
INSIDE = [fitting.DATA / "cic" / "train.tsv"]
OUTSIDE = [fitting.DATA / "smp2017_ecdt" / "train.tsv"]


def main() -> None:
    own = fitting.rows_of(OWN)
    inside = [row["text"] for row in own if row["intent"] != "other"]
    inside += [row["text"] for row in fitting.rows_of(TALKS) if row["role"] == "consumer"]
    inside += [row["text"] for path in INSIDE if path.exists() for row in fitting.rows_of(path)]
    outside = [row["text"] for row in own if row["intent"] == "other"]
    outside += [row["text"] for path in OUTSIDE if path.exists() for row in fitting.rows_of(path)]

    stray = np.array(["inside"] * len(inside) + ["outside"] * len(outside))
    seen = fitting.hashed_for_models(inside + outside)
    rarity = fitting.rarity_of(seen, TOLD["buckets"], least=TOLD["least_seen"])
    vectors = matrix(seen, rarity)

    part = fitting.folds(len(stray), TOLD["parts"], TOLD["seed"])
    logits = np.zeros(len(stray))
    for number in range(TOLD["parts"]):
        learn, read = part != number, part == number
        model = fitting.fit(vectors[learn], stray[learn], strength=TOLD["strength"])
        logits[read] = model.decision_function(vectors[read])
    truth = (stray == "outside").astype(np.int64)

    model = fitting.fit(vectors, stray, strength=TOLD["strength"])
    card = {
        "task": "scope",
        "says": "whether a message has nothing to do with a shop",
        "data": fitting.fingerprint([OWN, TALKS, *[p for p in INSIDE + OUTSIDE if p.exists()]]),
        "settings": TOLD,
        "figures": {"out_of_fold_auroc": round(float(roc_auc_score(truth, logits)), 4)},
        "limits": "Outside means commands to a telephone (smp2017); near misses are harder.",
    }
    temperature = fitting.best_temperature(logits, truth)
    ready = fitting.as_linear(model, rarity, temperature=temperature, card=card)
    linear.save(ready, linear.WEIGHTS / "scope")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
