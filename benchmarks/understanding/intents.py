"""A shop's own intents through `diji train`, and what has nothing to do with a shop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.understanding import baselines
from benchmarks.understanding.figures import (
    Goal,
    Measured,
    Part,
    Row,
    auroc,
    exactly,
    interval,
    macro_f1,
    progress,
    share,
    share_where,
    surest,
)
from diji import understanding
from diji.understanding import Message
from diji.workbench.recipes import fitting, scope

LEARN = [fitting.DATA / "cic" / "train.tsv", fitting.DATA / "cic" / "dev.tsv"]
TEST = fitting.DATA / "cic" / "test_visible.tsv"
FAR = fitting.DATA / "smp2017_ecdt" / "develop.tsv"
ANSWERED = 0.7


def of_a_merchant() -> Measured:
    """`diji train` on the noisy rows, `diji predict` on the clean ones, as a shop would run them."""
    rows = [row for path in LEARN for row in fitting.rows_of(path)]
    test = fitting.rows_of(TEST)
    progress(f"diji train intents on {len(rows)} rows of cic, some minutes")
    card, seconds, said = _trained(rows, [row["text"] for row in test])
    progress("TF-IDF on the same rows")
    begun = time.perf_counter()
    letters = baselines.Letters([row["text"] for row in rows])
    model = baselines.plain(letters.learned, [row["label"] for row in rows])
    plain_seconds = time.perf_counter() - begun
    margins = model.margins(letters.of([row["text"] for row in test]))
    order = np.argsort(-margins, axis=1)[:, :3]
    plain_top = model.model.classes_[order]

    labels = sorted({row["label"] for row in [*rows, *test]})
    number = {label: at for at, label in enumerate(labels)}
    truth = np.array([number[row["label"]] for row in test])
    ours = _scored(
        truth,
        np.array([[number[one["label"]] for one in line["top"]] for line in said]),
        np.array([line["top"][0]["score"] for line in said]),
    )
    theirs = _scored(
        truth,
        np.array([[number[one] for one in line] for line in plain_top.tolist()]),
        margins.max(axis=1),
    )
    sure = np.array([line["confident"] for line in said])
    right = np.array([number[line["label"]] for line in said]) == truth
    made = Measured({name: Row(ours[name], theirs[name]) for name in ours})
    made.rows["seconds of training, 12,000 rows"] = Row(exactly(seconds), exactly(plain_seconds))
    made.rows["confident: share"] = Row(share(sure))
    made.rows["confident: right"] = Row(share_where(right, sure))
    made.notes.append(
        f"{len(rows):,} rows learned on {os.cpu_count()} cores at niceness {os.nice(0)}, "
        f"{len(labels)} labels ({card['labels']} learned), {len(test)} rows of test, "
        f"{sum(row['text'] in {one['text'] for one in rows} for row in test)} of these learned too."
    )
    return made


def _trained(
    rows: list[dict[str, str]], texts: list[str]
) -> tuple[dict[str, Any], float, list[dict[str, Any]]]:
    """What the command says of itself, its seconds from start to end, and its answers to the texts."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        table, asked, model = folder / "rows.tsv", folder / "texts.jsonl", folder / "model"
        columns = ("label", "label_des", "text")
        told = ["\t".join(columns), *("\t".join(row[one] for one in columns) for row in rows)]
        table.write_text("\n".join(told) + "\n", encoding="utf-8")
        asked.write_text(
            "".join(
                json.dumps({"id": at, "text": text}, ensure_ascii=False) + "\n"
                for at, text in enumerate(texts)
            ),
            encoding="utf-8",
        )
        begun = time.perf_counter()
        card = json.loads(_diji("train", "intents", "--data", str(table), "--out", str(model)))
        seconds = time.perf_counter() - begun
        lines = _diji("predict", "intents", "--model", str(model), "--input", str(asked))
        return card, seconds, [json.loads(line) for line in lines.splitlines()]


def _diji(*words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "diji", *words], stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def _scored(truth: np.ndarray, top: np.ndarray, sureness: np.ndarray) -> dict[str, Any]:
    right = top[:, 0] == truth
    answered = surest(sureness, round(ANSWERED * len(truth)))
    return {
        "accuracy": share(right),
        "macro-F1": interval(lambda rows: macro_f1(truth[rows], top[rows, 0]), len(truth)),
        "among the first three": share((top == truth[:, None]).any(axis=1)),
        "right, the surest 70 %": share_where(right, answered),
    }


def as_we_name_them() -> Measured:
    """The model of messages that ships, on those of these rows whose label is one of our intents."""
    progress("our own intents on cic")
    named = fitting.settings("messages")["cic"]
    intent_of = {str(label): intent for intent, labels in named.items() for label in labels}
    rows = [row for row in fitting.rows_of(TEST) if row["label"] in intent_of]
    truth = [intent_of[row["label"]] for row in rows]
    readings = understanding.read_many([Message(row["text"]) for row in rows])
    pairs = list(zip(readings, truth, strict=True))
    right = np.array([one.intent == said for one, said in pairs])
    among = np.array([said in [it.id for it in one.intents] for one, said in pairs])
    sure = np.array([one.confident for one in readings])
    return Measured(
        {
            "accuracy": Row(share(right)),
            "among the first three": Row(share(among)),
            "confident: share": Row(share(sure)),
            "confident: right": Row(share_where(right, sure)),
        },
        [f"{len(rows)} rows."],
    )


def out_of_scope() -> Measured:
    """Commands to a telephone against buyers' messages, neither of them learned from."""
    progress("out of scope against in scope")
    inside = [row["text"] for row in fitting.rows_of(TEST)]
    far = fitting.rows_of(FAR)
    outside = [row["text"] for row in far]
    texts = inside + outside
    stray = np.array([False] * len(inside) + [True] * len(outside))
    small_talk = np.array([True] * len(inside) + [row["label"] == "chat" for row in far])
    told = np.array(
        [one.out_of_scope for one in understanding.read_many([Message(text) for text in texts])]
    )
    ours, others = _learned_by_the_recipe()
    letters = baselines.Letters(ours + others)
    model = baselines.plain(letters.learned, [False] * len(ours) + [True] * len(others))
    plain = model.yes(letters.of(texts))
    return Measured(
        {
            "AUROC": Row(
                interval(lambda rows: auroc(stray[rows], told[rows]), len(texts)),
                interval(lambda rows: auroc(stray[rows], plain[rows]), len(texts)),
            ),
            "AUROC, small talk alone": Row(
                *(
                    interval(
                        lambda rows, one=one: auroc(stray[small_talk][rows], one[small_talk][rows]),  # type: ignore[misc]
                        int(small_talk.sum()),
                    )
                    for one in (told, plain)
                )
            ),
        },
        [
            f"{len(inside)} buyers' messages, {len(outside)} others.",
            f"{small_talk[len(inside) :].sum()} of the others are small talk.",
        ],
    )


def _learned_by_the_recipe() -> tuple[list[str], list[str]]:
    own = fitting.rows_of(scope.OWN)
    talks = [row["text"] for row in fitting.rows_of(scope.TALKS) if row["role"] == "consumer"]
    inside = [row["text"] for row in own if row["intent"] != "other"] + talks
    inside += [row["text"] for path in scope.INSIDE for row in fitting.rows_of(path)]
    outside = [row["text"] for row in own if row["intent"] == "other"]
    outside += [row["text"] for path in scope.OUTSIDE for row in fitting.rows_of(path)]
    return inside, outside


PARTS = [
    Part(
        name="intents",
        title="Buyers' intents after `diji train` · cic, test_visible",
        used="Test: looked at while the trainer was built (shares, nets, cuts); never learned from.",
        goals={
            "accuracy": Goal(0.905),
            "macro-F1": Goal(0.83),
            "among the first three": Goal(0.978),
            "right, the surest 70 %": Goal(0.975),
            "seconds of training, 12,000 rows": Goal(120, at_most=True),
            "confident: share": None,
            "confident: right": None,
        },
        needs=(*LEARN, TEST),
        measure=of_a_merchant,
    ),
    Part(
        name="intents",
        title="Our own intents, the model that ships · cic, test_visible",
        used="Other rows of cic were learned from, where models agreed with their labels; these were looked at.",
        goals=dict.fromkeys(
            ("accuracy", "among the first three", "confident: share", "confident: right")
        ),
        needs=(TEST,),
        measure=as_we_name_them,
    ),
    Part(
        name="scope",
        title="Out of scope · smp2017 develop against cic test_visible",
        used="Neither was learned from; both come from the sets whose training rows were, so that this flatters.",
        goals={"AUROC": Goal(0.975), "AUROC, small talk alone": None},
        needs=(TEST, FAR, *scope.INSIDE, *scope.OUTSIDE),
        measure=out_of_scope,
    ),
]
