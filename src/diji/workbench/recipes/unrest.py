"""Fits unrest: the risk that a service dialogue ends dissatisfied, from its turns so far (``ssa``)."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from diji.understanding import conversation, felt, linear
from diji.workbench.recipes import fitting

TOLD = fitting.settings("unrest")
TRAIN = [fitting.DATA / "ssa" / f"{trade}_train.jsonl" for trade in ("clothes", "makeup")]
DEV = [fitting.DATA / "ssa" / f"{trade}_dev.jsonl" for trade in ("clothes", "makeup")]
WHEN = {"quarter": 0.25, "half": 0.5, "end": 1.0}
DISSATISFIED = "1"
FALSE_ALARMS = 0.1
BOOTSTRAPS = 1000
LIMITS = (
    "Chances hold where a quarter of the dialogues end badly, as in ssa; in a quieter shop they are too "
    "high, and their order still holds. An agent's kindness is labelled in ssa and heard from words of "
    "courtesy here. No words of ssa are readable, so none are used."
)

Floats: TypeAlias = npt.NDArray[np.float64]
# Negative, neutral and positive chance of a turn whose true feeling is the number 0, 1 or 2.
Reader: TypeAlias = Callable[[int], Sequence[float]]
Dialogue: TypeAlias = dict[str, Any]


def main() -> None:
    learn, check = dialogues(TRAIN), dialogues(DEV)
    cuts = [(float(cut), weight) for cut, weight in TOLD["cuts"].items()]
    rng = np.random.default_rng(TOLD["seed"])
    readers = {"gold": as_labelled, "as_read": as_read(rng)}

    # From labels as they are and from readings with errors: the model must stand both.
    seen = [table(learn, cut, reader) for cut, _ in cuts for reader in readers.values()]
    ends = np.tile(dissatisfied(learn), len(seen))
    weight = np.repeat([weight for _, weight in cuts for _ in readers], len(learn))
    scaler = StandardScaler().fit(np.vstack(seen))
    model = fit(scaler.transform(np.vstack(seen)), ends, weight)

    # The alarm is set where one in ten contented dialogues of the training data is called at half.
    half = model.predict_proba(scaler.transform(table(learn, 0.5, readers["as_read"])))[:, 1]
    alarm_at = float(np.quantile(half[~dissatisfied(learn)], 1 - FALSE_ALARMS))

    figures = {
        name: {
            when: judged(
                dissatisfied(check),
                model.predict_proba(scaler.transform(table(check, share, reader)))[:, 1],
                alarm_at,
            )
            for when, share in WHEN.items()
        }
        for name, reader in readers.items()
    }
    card = {
        "task": "unrest",
        "says": "how probable it is that the conversation ends with a dissatisfied consumer",
        "data": fitting.fingerprint([*TRAIN, *DEV]),
        "dialogues": {"train": len(learn), "dev": len(check)},
        "share_dissatisfied": {
            "train": round(float(dissatisfied(learn).mean()), 4),
            "dev": round(float(dissatisfied(check).mean()), 4),
        },
        "settings": TOLD,
        "figures": figures,
        "limits": LIMITS,
        "alarm_at": round(alarm_at, 4),
        **weights_of(model, scaler),
    }
    folder = linear.WEIGHTS / "unrest"
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    (folder / "card.json").write_text(written, encoding="utf-8")
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def weights_of(model: LogisticRegression, scaler: StandardScaler) -> dict[str, Any]:
    """What ships: a weight, a mean and a scale for each feature by its name."""
    rows = zip(
        conversation.features(()), model.coef_[0].tolist(), scaler.mean_.tolist(),
        scaler.scale_.tolist(), strict=True,
    )  # fmt: skip
    return {
        "bias": round(float(model.intercept_[0]), 5),
        "features": {
            name: {"weight": round(weight, 5), "mean": round(mean, 5), "scale": round(scale, 5)}
            for name, weight, mean, scale in rows
        },
    }


def fit(vectors: Floats, ends: npt.NDArray[np.bool_], weight: Floats) -> LogisticRegression:
    model = LogisticRegression(C=TOLD["strength"], max_iter=1000)
    return model.fit(vectors, ends, sample_weight=weight)


def dialogues(paths: Sequence[Path]) -> list[Dialogue]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def dissatisfied(rows: Sequence[Dialogue]) -> npt.NDArray[np.bool_]:
    return np.array([row["score"] == DISSATISFIED for row in rows])


def table(rows: Sequence[Dialogue], share: float, reader: Reader) -> Floats:
    """The features of each dialogue cut after a share of its turns; one row each."""
    return np.array(
        [list(conversation.features(turns_of(row, share, reader)).values()) for row in rows]
    )


def turns_of(row: Dialogue, share: float, reader: Reader) -> list[felt.FeltTurn]:
    said = row["turns"][: max(1, math.ceil(len(row["turns"]) * share))]
    turns: list[felt.FeltTurn] = []
    heard: set[tuple[str, str]] = set()
    for who, words, feeling in said:
        letters = round(len(words.split()) * TOLD["letters"]["per_word"])
        again = letters > 1 and (who, words) in heard
        heard.add((who, words))
        bad, calm, good = reader(int(feeling) - 1)
        if who == "c":
            turns.append(felt.FeltTurn("consumer", letters, again, bad, calm, good))
        else:
            kind = felt.SURELY_KIND if good > max(bad, calm) else felt.SURELY_PLAIN
            turns.append(felt.FeltTurn("agent", letters, again, kind=kind))
    return turns


def as_labelled(feeling: int) -> Sequence[float]:
    return [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)][feeling]


def as_read(rng: np.random.Generator) -> Reader:
    """Labels as a reader of our quality would tell them: doubtful, and now and then wrong."""

    def reader(feeling: int) -> Sequence[float]:
        logits = rng.normal(0, TOLD["noise"]["spread"], 3)
        logits[feeling] += TOLD["noise"]["lead"]
        raised = np.exp(logits - logits.max())
        shares: list[float] = (raised / raised.sum()).tolist()
        return shares

    return reader


def judged(ends: npt.NDArray[np.bool_], risk: Floats, alarm_at: float) -> dict[str, Any]:
    """Recall at the false alarms that the goal names, with what a bootstrap over dialogues leaves open."""
    rng = np.random.default_rng(TOLD["seed"])
    draws = [rng.integers(0, len(ends), len(ends)) for _ in range(BOOTSTRAPS)]
    recalls = [recall_at(ends[draw], risk[draw]) for draw in draws]
    called = risk >= alarm_at
    return {
        "recall_at_tenth": round(recall_at(ends, risk), 3),
        "between": [round(float(np.quantile(recalls, cut)), 3) for cut in (0.025, 0.975)],
        "auroc": round(float(roc_auc_score(ends, risk)), 4),
        "calibration_error": round(calibration_error(ends, risk), 3),
        "alarm": {
            "recall": round(float(called[ends].mean()), 3),
            "false_alarms": round(float(called[~ends].mean()), 3),
        },
    }


def recall_at(ends: npt.NDArray[np.bool_], risk: Floats) -> float:
    return float((risk[ends] > np.quantile(risk[~ends], 1 - FALSE_ALARMS)).mean())


def calibration_error(ends: npt.NDArray[np.bool_], risk: Floats) -> float:
    """Mean distance between what was said and what came, over ten equally large groups."""
    groups = np.array_split(np.argsort(risk), 10)
    return float(np.mean([abs(ends[group].mean() - risk[group].mean()) for group in groups]))


if __name__ == "__main__":
    main()
