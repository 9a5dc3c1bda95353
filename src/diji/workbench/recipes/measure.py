"""Prints how well what ships reads messages of the visible data; nothing is fitted here.

Reviews: `measure_reviews`. The labels that are held out are not read here: who prints them often tunes to them.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from diji import understanding
from diji.understanding import Message, Turn
from diji.workbench.recipes import fitting

UPSET = ("anxious", "disappointed", "angry")


def main() -> None:
    figures = {
        "intents, cic test_visible": cic(),
        "turns, jddc, trouble enriched": turns("jddc_labels.tsv"),
        "turns, jddc, as they come": turns("jddc_labels_dev.tsv"),
        "speed": speed(),
    }
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


def cic() -> dict[str, Any]:
    ours = fitting.settings("messages")["cic"]
    intent_of = {str(label): intent for intent, labels in ours.items() for label in labels}
    rows = fitting.rows_of(fitting.DATA / "cic" / "test_visible.tsv")
    rows = [row for row in rows if row["label"] in intent_of]
    readings = understanding.read_many([Message(row["text"]) for row in rows])
    truth = [intent_of[row["label"]] for row in rows]
    right = np.array([one.intent == said for one, said in zip(readings, truth, strict=True)])
    among = [
        said in [it.id for it in one.intents] for one, said in zip(readings, truth, strict=True)
    ]
    sure = np.array([one.confident for one in readings])
    return _rounded(
        rows=len(rows),
        right=right.mean(),
        among_three=float(np.mean(among)),
        sure=sure.mean(),
        right_where_sure=right[sure].mean(),
    )


def turns(name: str) -> dict[str, Any]:
    rows = fitting.rows_of(fitting.CORPUS / name)
    readings = understanding.read_many(_messages(rows))
    pairs = list(zip(readings, rows, strict=True))
    right = np.array([one.intent in (row["intent"], *row["also"].split(",")) for one, row in pairs])
    sure = np.array([one.confident for one in readings])
    upset = np.array([row["emotion"] in UPSET for row in rows])
    blaming = np.array([row["emotion"] in UPSET[1:] for row in rows])
    negative = np.array([one.sentiment_scores["negative"] for one in readings])
    found = [
        ({issue.id for issue in one.issues}, set(row["issues"].split(","))) for one, row in pairs
    ]
    both = sum(len(ours & (theirs - {""})) for ours, theirs in found)
    either = sum(len(ours) + len(theirs - {""}) for ours, theirs in found)
    return _rounded(
        rows=len(rows),
        intent_accepted=right.mean(),
        sure=sure.mean(),
        accepted_where_sure=right[sure].mean(),
        upset_macro_f1=f1_score(upset, [one.emotion in UPSET for one in readings], average="macro"),
        blaming_recall_at_tenth=(negative[blaming] > np.quantile(negative[~blaming], 0.9)).mean(),
        needs_human_auroc=roc_auc_score(
            [row["needs_human"] == "1" for row in rows], [one.needs_human for one in readings]
        ),
        issues_micro_f1=2 * both / either,
    )


def _messages(rows: list[dict[str, str]]) -> list[Message]:
    lines = (fitting.DATA / "jddc_sessions" / "sessions.jsonl").read_text("utf-8").splitlines()
    sessions = {one["session"]: one["turns"] for one in map(json.loads, lines)}
    messages = []
    for row in rows:
        said, place = sessions[row["session"]], int(row["turn"])
        before = tuple(
            Turn("agent" if turn["role"] == "agent" else "consumer", turn["text"])
            for turn in said[max(0, place - 6) : place]
        )
        messages.append(Message(said[place]["text"], before))
    return messages


def speed() -> dict[str, Any]:
    understanding.warm_up()
    texts = [row["text"] for row in fitting.rows_of(fitting.CORPUS / "utterances.tsv")]
    took = []
    for text in texts:
        started = time.perf_counter()
        understanding.read(text)
        took.append(time.perf_counter() - started)
    understanding.signs.look.cache_clear()  # who has been read a moment ago would flatter
    started = time.perf_counter()
    understanding.read_many([Message(text) for text in texts])
    batch = len(texts) / (time.perf_counter() - started)
    return _rounded(read_p50_ms=float(np.median(took)) * 1000, messages_a_second=batch)


def _rounded(**figures: float) -> dict[str, Any]:
    return {
        key: value if isinstance(value, int) else round(float(value), 3)
        for key, value in figures.items()
    }


if __name__ == "__main__":
    main()
