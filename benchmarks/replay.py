"""Real conversations played through the machine: what would become of each message, and how long it takes.

python -m benchmarks.replay [--file …/jddc_sessions/sessions.jsonl] (else the file in DIJI_DATA)
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

from benchmarks.house import load
from diji import copilot, demo, understanding
from diji.copilot import Strategy
from diji.knowledge import ArticleIndex

DATA = Path(os.environ.get("DIJI_DATA", Path(__file__).parents[2] / "shared" / "data"))


def main(file: Path) -> dict[str, Any]:
    """Replay every conversation; the baseline is the reading of the same messages alone."""
    understanding.warm_up()
    index = ArticleIndex(demo.articles())
    recordings = list(copilot.read_recordings(file.read_text(encoding="utf-8").split("\n")))
    texts = [text for one in recordings for ours, text in one.turns if not ours]
    begun = time.perf_counter()
    for text in texts:
        understanding.read(text)
    reading = time.perf_counter() - begun
    begun = time.perf_counter()
    results = [r for one in recordings for r in copilot.replay(one, index, Strategy())]
    took = time.perf_counter() - begun
    return {
        "load": load(),
        "conversations": len(recordings),
        **copilot.summary(results),
        "seconds": round(took, 1),
        "ms_a_message": round(took / len(results) * 1000, 2),
        "baseline_ms_reading_alone": round(reading / len(texts) * 1000, 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=DATA / "jddc_sessions" / "sessions.jsonl")
    print(json.dumps(main(parser.parse_args().file), ensure_ascii=False, indent=1))
