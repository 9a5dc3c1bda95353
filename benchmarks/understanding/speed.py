"""How fast one core reads, what the weights weigh, and how soon a fresh process is ready."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.understanding import baselines
from benchmarks.understanding.figures import (
    SEED,
    Figure,
    Goal,
    Measured,
    Part,
    Row,
    exactly,
    interval,
    progress,
)
from diji import understanding
from diji.understanding import Message, linear
from diji.workbench.recipes import fitting, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

REVIEWS = fitting.DATA / "online_shopping_10_cats" / "test.tsv"
BATCH, SNOW_BATCH, PASSES, STARTS = 512, 64, 3, 7
_LOAD = """
import time; begun = time.perf_counter()
from diji import understanding; understanding.warm_up()
print(time.perf_counter() - begun)
"""
_LOAD_SNOW = """
import time; begun = time.perf_counter()
from snownlp import SnowNLP; SnowNLP("质量很好").sentiments
print(time.perf_counter() - begun)
"""


def measured() -> Measured:
    """Everything in a process of its own that keeps to one core."""
    progress("speed, on one core")
    environment = {**os.environ, **dict.fromkeys(_THREADS, "1")}
    begun = subprocess.run(
        [sys.executable, "-m", "benchmarks.understanding.speed"],
        env=environment, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    told = json.loads(begun.stdout)
    rows = {
        name: Row(*(Figure(**one) if one else None for one in figures))
        for name, figures in told["rows"].items()
    }
    return Measured(rows, told["notes"])


_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    understanding.warm_up()
    written = messages.utterances()
    alone = [row.message for row in written]
    in_talk = [row.message for row in messages.dialogues()]
    letters = baselines.Letters([one.text for one in alone])
    model = baselines.plain(letters.learned, [row.intent for row in written])

    def plain(texts: Sequence[str]) -> None:
        model.says(letters.of(texts))

    def snow(texts: Sequence[str]) -> None:
        baselines.snow_praise(texts)

    texts = [one.text for one in alone]
    rows: dict[str, Row] = {
        "messages a second, in batches": Row(
            _rate(understanding.read_many, alone), _rate(plain, texts), _snow_rate(snow, texts[:1024])
        ),
        "the same, each with six turns before it": Row(_rate(understanding.read_many, in_talk)),
        "one message, p50, ms": Row(
            _median_ms(_read, alone),
            _median_ms(plain, [[one] for one in texts]),
            _median_ms(snow, [[one] for one in texts[:1024]]) if baselines.snow() else None,
        ),
        "the same, with six turns before it": Row(_median_ms(_read, in_talk)),
        "all weights, MB": Row(exactly(_megabytes())),
        "ready in a fresh process, s": Row(
            _ready(_LOAD), None, _ready(_LOAD_SNOW) if baselines.snow() else None
        ),
    }  # fmt: skip
    if REVIEWS.exists():
        said = [row["text"] for row in fitting.rows_of(REVIEWS)]
        rows["reviews a second, with aspects"] = Row(
            _rate(understanding.read_reviews, said), _rate(plain, said), _snow_rate(snow, said[:512])
        )  # fmt: skip
    notes = [
        f"One core, batches of {BATCH} in a drawn order; what was read is forgotten before each.",
        "Rates by processor time, since others share the machine; p50 and readiness by the clock.",
        "TF-IDF tells one intent and SnowNLP good or bad; neither does more.",
        f"{len(alone):,} messages of {np.mean([len(one) for one in texts]):.0f} letters.",
        f"Ready: imports, weights, tables and the first readings; {STARTS} starts, files in memory.",
    ]
    told = {"rows": {name: _plain_data(row) for name, row in rows.items()}, "notes": notes}
    print(json.dumps(told))


def _read(message: Message) -> None:
    understanding.read(message.text, context=message.context)


def _forget() -> None:
    """Who has been read a moment ago would flatter."""
    understanding.signs.look.cache_clear()


def _rate(
    read: Callable[[Any], object], texts: Sequence[Any], *, batch: int = BATCH, passes: int = PASSES
) -> Figure:
    """Texts a second of processor time, in a drawn order; the interval draws batches."""
    order = np.random.default_rng(SEED).permutation(len(texts)).tolist()
    took, sizes = [], []
    for first in [*range(0, len(texts), batch)] * passes:
        some = [texts[one] for one in order[first : first + batch]]
        _forget()
        begun = time.process_time()
        read(some)
        took.append(time.process_time() - begun)
        sizes.append(len(some))
    seconds, count = np.array(took), np.array(sizes)
    return interval(lambda at: float(count[at].sum() / seconds[at].sum()), len(count))


def _snow_rate(read: Callable[[Any], object], texts: Sequence[str]) -> Figure | None:
    return _rate(read, texts, batch=SNOW_BATCH, passes=1) if baselines.snow() else None


def _median_ms(read: Callable[[Any], object], texts: Sequence[Any]) -> Figure:
    took = []
    for text in texts:
        _forget()
        begun = time.perf_counter()
        read(text)
        took.append((time.perf_counter() - begun) * 1000)
    every = np.array(took)
    return interval(lambda at: float(np.median(every[at])), len(every))


def _megabytes() -> float:
    return sum(one.stat().st_size for one in linear.WEIGHTS.rglob("*") if one.is_file()) / 1e6


def _ready(program: str) -> Figure:
    took = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)
        for _ in range(STARTS)
    ]  # fmt: skip
    every = np.array(took)
    return interval(lambda at: float(np.median(every[at])), len(every))


def _plain_data(row: Row) -> list[dict[str, float] | None]:
    return [
        {"value": one.value, "low": one.low, "high": one.high} if one else None
        for one in (row.ours, row.plain, row.snow)
    ]


PARTS = [
    Part(
        name="speed",
        title="Speed and size · corpus/utterances.tsv, dialogues.tsv, reviews of online_shopping_10_cats",
        used="The messages were learned from, which changes no speed.",
        goals={
            "messages a second, in batches": Goal(3000),
            "the same, each with six turns before it": None,
            "one message, p50, ms": Goal(1, at_most=True),
            "the same, with six turns before it": None,
            "reviews a second, with aspects": Goal(2000),
            "all weights, MB": Goal(20, at_most=True),
            "ready in a fresh process, s": Goal(1, at_most=True),
        },
        needs=(),
        measure=measured,
    )
]

if __name__ == "__main__":
    main()
