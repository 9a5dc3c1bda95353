"""Fits why a plain reading of a review may be wrong, ironic, mixed or faint, and when to trust it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from diji.understanding import (
    clauses,
    linear,
    normalise,
    review_grams,
    review_heads,
    review_view,
)
from diji.workbench.recipes import fitting, review_rows, sentiment
from diji.workbench.training.vectors import matrix

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


@dataclass(frozen=True, slots=True)
class Read:
    """Readings to learn trust from: what each depends on, and whether it was right.

    ``kind`` is the kind of shop, "hard" for ours.
    """

    facts: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]
    kind: npt.NDArray[np.str_]


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

    # 2. Fit on everything, and learn when to trust a reading.
    cut_of = {reason: round(cut, 3) for reason, cut in zip(REASONS, cuts, strict=True)}
    model = replace(fit(ours, np.ones(len(plain), dtype=np.bool_)), card={"cuts": cut_of})
    hard = np.isin(ours.kinds, REASONS)
    above = (logits[hard] - list(cut_of.values())).astype(np.float32)
    sure, trusted = trust(read_unseen(model), read_hard(above))
    card = {
        "task": "doubts",
        "says": "log-odds that a review is ironic, mixed, or faint in what it says",
        "data": fitting.fingerprint(
            [review_rows.HARD, review_rows.COSMETICS, review_rows.UNLABELLED, *sentiment.SOURCES]
        ),
        "rows": len(plain),
        "settings": TOLD,
        "cuts": cut_of,
        "sure": sure,
        "figures": figures | trusted,
        "limits": "600 of our own hard reviews; figures are out of fold, those of trust by kinds of "
        "shop left out. The cut of trust was chosen on them, so they flatter a little.",
    }
    review_heads.save(replace(model, card=card), linear.WEIGHTS / "doubts")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def read_unseen(model: review_heads.Heads) -> Read:
    """Some reviews of each kind of shop, read by a tone that has learnt from the other kinds."""
    card = json.loads((linear.WEIGHTS / "sentiment" / "card.json").read_text("utf-8"))
    rows = review_rows.sides(sentiment.TOLD["extra"])
    seen = review_grams([normalise(row.text) for row in rows])
    facts, right, kinds = [], [], []
    for kind, left, tone in sentiment.left_out(seen, rows):
        chance = np.random.default_rng(TOLD["seed"])
        some = np.sort(chance.permutation(np.flatnonzero(left))[: TOLD["of_a_kind"]])
        ready = replace(tone, temperature=card["temperature"])
        looked = review_view.view([rows[one].text for one in some], ready)
        above = model.above_cuts(looked.grams, review_view.review_numbers(looked))
        facts.append(review_view.trust_numbers(looked, above))
        right.append((looked.wholes > 0) == np.array([rows[one].praised for one in some]))
        kinds += [kind] * len(some)
    return Read(np.vstack(facts), np.concatenate(right), np.array(kinds))


def read_hard(above: npt.NDArray[np.float32]) -> Read:
    """Our hard reviews; what is neither good nor bad cannot be read rightly by tone."""
    rows = fitting.rows_of(review_rows.HARD)
    looked = review_view.view([row["text"] for row in rows])
    said = np.where(looked.wholes > 0, "positive", "negative")
    right = said == np.array([row["sentiment"] for row in rows])
    return Read(review_view.trust_numbers(looked, above), right, np.array(["hard"] * len(rows)))


def trust(unseen: Read, hard: Read) -> tuple[dict[str, Any], dict[str, float]]:
    """The rule of trust and what it is worth, each kind judged by a rule of the other kinds."""
    facts = np.vstack([unseen.facts, hard.facts])
    right, kind = np.concatenate([unseen.right, hard.right]), np.append(unseen.kind, hard.kind)
    shops = np.unique(unseen.kind)
    weight = np.full(len(kind), TOLD["hard_worth"] * len(shops) / len(hard.kind))
    for one in shops:
        weight[kind == one] = 1 / (kind == one).sum()
    weight /= weight.mean()

    def learn(rows: npt.NDArray[np.bool_]) -> LogisticRegression:
        model = LogisticRegression(C=1.0, max_iter=1000)
        return model.fit(facts[rows], right[rows], sample_weight=weight[rows])

    scores = np.zeros(len(kind))
    for one in shops:
        scores[kind == one] = learn(kind != one).decision_function(facts[kind == one])
    part = fitting.folds(len(hard.kind), TOLD["parts"], TOLD["seed"])
    parts = np.append(np.full(len(unseen.kind), -1), part)
    for number in range(TOLD["parts"]):
        here = parts == number
        scores[here] = learn(~here).decision_function(facts[here])

    def mean(hits: npt.NDArray[np.bool_], cut: float) -> float:
        return float(np.mean([hits[(kind == one) & (scores >= cut)].mean() for one in shops]))

    cuts = np.arange(0, 5, 0.02)
    cut = next(one for one in cuts if mean(right, one) >= TOLD["right_when_sure"])
    rule = learn(np.ones(len(kind), dtype=np.bool_))
    told = {
        "weights": [round(float(one), 4) for one in rule.coef_[0]],
        "bias": round(float(rule.intercept_[0]), 4),
        "cut": round(float(cut), 3),
    }
    sure = scores >= cut
    return told, {
        "left_out_sure_right": round(mean(right, cut), 4),
        "left_out_sure_share": round(
            float(np.mean([sure[kind == one].mean() for one in shops])), 4
        ),
        "hard_sure_and_wrong": round(float((sure & ~right)[kind == "hard"].mean()), 4),
    }


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
    # Those from which no tone has learnt: what it knows by heart would look plainer than it is.
    shops = [
        _opening(row["text"], at // 4)
        for at, row in enumerate(fitting.rows_of(review_rows.UNLABELLED))
        if review_rows.is_spared(at)
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
    vectors = hstack([matrix(ours.seen.grams, rarity), numbers]).tocsr()
    kinds = ours.kinds
    weight = np.where(np.isin(kinds, REASONS), 1.0, TOLD["plain_weight"])
    found = []
    for reason in REASONS:
        told = (kinds == reason) | ((reason == "mixed") & (kinds == "both"))
        model = fitting.fit_against_rest(
            vectors[learn], told[learn], strength=TOLD["strength"], weights=weight[learn]
        )
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
