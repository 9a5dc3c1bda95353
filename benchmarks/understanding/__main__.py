"""Prints the figures part by part: what was measured, its interval, its goal, and two baselines.

just bench understanding [--only NAME ...] [--json FILE] [--held]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path

from benchmarks.house import load
from benchmarks.understanding import baselines, intents, reviews, speed, turns
from benchmarks.understanding.figures import DRAWS, as_data, lines, progress
from diji.understanding import linear
from diji.workbench.recipes import fitting

PARTS = [*intents.PARTS, *turns.PARTS, *reviews.PARTS, *speed.PARTS]


def main() -> None:
    asked = _asked()
    parts = PARTS if asked.only is None else [one for one in PARTS if one.name in asked.only]
    if asked.held:
        parts = [*parts, turns.HELD]
    print(f"{load()}; data in {fitting.DATA}")
    version = _version()
    print(f"understanding as of {version}: code, tables and weights")
    print(f"95 % intervals from {DRAWS:,} draws; met: the worse end of the interval passes")
    print(baselines.snow_version(), flush=True)
    told = []
    for part in parts:
        begun = time.perf_counter()
        if part.missing:
            progress(f"{part.name}: not here: {', '.join(part.missing)}")
        measured = None if part.missing else part.measure()
        print("\n".join(lines(part, measured)), flush=True)
        told.append(as_data(part, measured))
        progress(f"{part.name}: {time.perf_counter() - begun:.0f} s")
    print(f"\nafter it: {load()}")
    if _version() != version:
        print(f"MIXED: code, tables or weights were changed meanwhile (now {_version()})")
    if asked.json:
        data = {
            "load": load(), "version": version, "baseline": baselines.snow_version(), "parts": told,
        }  # fmt: skip
        asked.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _version() -> str:
    """One print of everything that reads, so that figures of one version are not taken for another's."""
    room = linear.WEIGHTS.parent
    files = sorted(
        one for one in room.rglob("*") if one.suffix in {".py", ".toml", ".npz", ".json"}
    )
    return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()[:12]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="just bench understanding", description=__doc__)
    names = list(dict.fromkeys(part.name for part in PARTS))
    parser.add_argument("--only", action="append", choices=names, help="a part; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--held",
        action="store_true",
        help="also read jddc_labels_held.tsv; it is worth something only as long as nobody tunes after looking",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
