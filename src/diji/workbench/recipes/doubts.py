"""Fits why a plain reading of a review may be wrong: it is ironic, mixed, or says it faintly."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from diji.understanding import clauses, linear, normalise, review_heads, review_view
from diji.workbench.recipes import fitting, review_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from diji.understanding import Reviews

TOLD = fitting.settings("doubts")
REASONS = ("ironic", "mixed", "faint")


@dataclass(frozen=True, slots=True)
class Doubted:
    """Everything learnt from; ``part`` is the fold of each text."""

    seen: Reviews
    kinds: npt.NDArray[np.str_]
    part: npt.NDArray[np.int64]


def main() -> None:
    ours = gather()
    plain = ours.kinds == "plain"

    # 1. Out of fold, then the cuts that spare plain reviews.
    numbers = review_view.review_numbers(ours.seen)
    logits = np.zeros((len(plain), len(REASONS)))
    for number in range(TOLD["parts"]):
        here = ours.part == number
        logits[here] = fit(ours, ~here).logits(ours.seen.grams, numbers)[here]
    cuts = [
        float(np.quantile(logits[plain, column], 1 - TOLD["spared"][reason]))
        for column, reason in enumerate(REASONS)
    ]
    doubted = np.asarray((logits >= np.array(cuts)).any(axis=1))
    figures = {"plain_doubted": round(float(doubted[plain].mean()), 4)}
    for column, reason in enumerate(REASONS):
        here, told = ours.kinds == reason, logits[:, column]
        both = here | plain
        figures[f"{reason}_auroc"] = round(float(roc_auc_score(here[both], told[both])), 4)
        figures[f"{reason}_found"] = round(float((told[here] >= cuts[column]).mean()), 4)
        figures[f"{reason}_doubted"] = round(float(doubted[here].mean()), 4)

    # 2. Fit on everything.
    card = {
        "task": "doubts",
        "says": "log-odds that a review is ironic, mixed, or faint in what it says",
        "data": fitting.fingerprint(
            [review_rows.HARD, review_rows.COSMETICS, review_rows.UNLABELLED]
        ),
        "rows": len(plain),
        "settings": TOLD,
        "cuts": {reason: round(cut, 3) for reason, cut in zip(REASONS, cuts, strict=True)},
        "figures": figures,
        "limits": "330 of our own hard reviews; figures are out of fold.",
    }
    ready = replace(fit(ours, np.ones(len(plain), dtype=np.bool_)), card=card)
    review_heads.save(ready, linear.WEIGHTS / "doubts")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def gather() -> Doubted:
    texts, kinds = rows()
    part = fitting.folds(len(texts), TOLD["parts"], TOLD["seed"])
    return Doubted(review_view.view(texts), kinds, part)


def rows() -> tuple[list[str], npt.NDArray[np.str_]]:
    """Texts and their kinds: ours by hand, cosmetics with both sides as mixed, shops as plain."""
    hard = fitting.rows_of(review_rows.HARD)
    texts, kinds = [row["text"] for row in hard], [row["kind"] for row in hard]
    for row in review_rows.annotated(review_rows.COSMETICS):
        sides = {label["polarity"] for label in row["labels"]}
        texts.append(row["text"])
        kinds.append("both" if {"正面", "负面"} <= sides else "one")
    shops = [
        _opening(row["text"], at) for at, row in enumerate(fitting.rows_of(review_rows.UNLABELLED))
    ]
    chosen = np.random.default_rng(TOLD["seed"]).choice(
        len(shops), TOLD["plain_reviews"], replace=False
    )
    texts += [shops[one] for one in sorted(chosen)]
    return texts, np.array(kinds + ["plain"] * len(chosen))


def _opening(text: str, at: int) -> str:
    """Of every other review only its first clause or two: short is not yet doubtful."""
    cut = clauses(normalise(text))
    return text[: cut[at % 4 // 2][1]] if at % 2 and len(cut) > 1 else text


def fit(ours: Doubted, learn: npt.NDArray[np.bool_]) -> review_heads.Heads:
    """Each reason against all else."""
    rarity = fitting.rarity_of(ours.seen.grams, TOLD["buckets"], least=TOLD["least_seen"])
    numbers = csr_matrix(review_view.review_numbers(ours.seen))
    vectors = hstack([fitting.matrix(ours.seen.grams, rarity), numbers]).tocsr()
    kinds = ours.kinds
    weight = np.where(np.isin(kinds, REASONS), 1.0, TOLD["plain_weight"])
    found = []
    for reason in REASONS:
        told = (kinds == reason) | ((reason == "mixed") & (kinds == "both"))
        model = LogisticRegression(
            solver="liblinear",
            dual=True,
            C=TOLD["strength"],
            tol=0.05,
            max_iter=100,
            random_state=0,
        ).fit(vectors[learn], told[learn], sample_weight=weight[learn])
        found.append((model.coef_[0], model.intercept_[0]))
    both = np.stack([one for one, _ in found], axis=1).astype(np.float32)
    return review_heads.Heads(
        labels=REASONS,
        rarity=rarity,
        weights=both[: TOLD["buckets"]].astype(np.float16).astype(np.float32),
        facts=both[TOLD["buckets"] :],
        bias=np.array([one for _, one in found], dtype=np.float32),
        card={},
    )


if __name__ == "__main__":
    main()
