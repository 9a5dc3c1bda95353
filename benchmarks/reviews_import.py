"""Real reviews imported: how fast, how long others wait meanwhile, and the dashboard's 好评率 beside the labels.

python -m benchmarks.reviews_import [--file ../shared/data/online_shopping_10_cats/test.tsv] [--rows 0]
"""

import argparse
import asyncio
import json
import os
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diji import reviews, team, understanding
from diji.foundation import Store, Warehouse, migrate, start_logs
from diji.reviews import ImportView, Which

FILE = Path(__file__).parents[2] / "shared/data/online_shopping_10_cats/test.tsv"
SHOP = "tmall"
TILES = (
    reviews.totals, reviews.trend, reviews.platforms, reviews.products, reviews.aspects, reviews.voices,
    reviews.issues, reviews.reviews,
)  # fmt: skip


async def main(content: bytes, name: str) -> dict[str, Any]:
    """Import the file into a fresh home and say what came of it."""
    start_logs(level="ERROR", as_json=False)
    with tempfile.TemporaryDirectory() as home:
        warehouse = Warehouse(Path(home))
        migrate(warehouse.database)
        warehouse.open()
        try:
            store = warehouse.of("main")
            await store.write(_company)
            understanding.warm_up()
            took, waits, view = await _import(store, content, name)
            return {
                "load": round(os.getloadavg()[0], 1),
                "rows": view.total,
                "added": view.added,
                "duplicates": view.duplicates,
                "bad": view.bad,
                "seconds": round(took, 1),
                "rows_a_second": round(view.total / took),
                "others_wait_ms_p50": round(waits[len(waits) // 2], 1),
                "others_wait_ms_p99": round(waits[int(len(waits) * 0.99)], 1),
                "baseline_sqlite3_rows_a_second": _baseline(content, Path(home) / "plain.sqlite3"),
                "tiles_ms": await _tiles(store),
                "good_rate": await _compared(store),
            }
        finally:
            warehouse.close()


def _head(content: bytes, rows: int) -> bytes:
    return b"\n".join(content.split(b"\n")[: rows + 1]) if rows else content


def _company(session: Any) -> None:
    team.set_up(session, company="岚里", now=datetime.now(UTC))
    team.add_shop(session, shop_id=SHOP, name="岚里天猫店", platform="tmall")


async def _import(store: Store, content: bytes, name: str) -> tuple[float, list[float], ImportView]:
    waits: list[float] = []
    others = asyncio.create_task(_others(store, waits))
    begun = time.perf_counter()
    view = await reviews.import_file(
        store, content, file_name=name, shop_id=SHOP, now=datetime.now(UTC)
    )
    took = time.perf_counter() - begun
    others.cancel()
    return took, sorted(waits), view


async def _others(store: Store, waits: list[float]) -> None:
    """Somebody writes something small all the while, as messages would."""
    while True:
        begun = time.perf_counter()
        await store.write(_small)
        waits.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.01)


def _small(session: Any) -> None:
    reviews.imports(session, limit=1)


def _baseline(content: bytes, path: Path) -> int:
    """The same texts into a plain table, unread: the most that this disk could do."""
    texts = [(line,) for line in content.decode().split("\n")]
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)")
        begun = time.perf_counter()
        for at in range(0, len(texts), 200):
            connection.executemany("INSERT INTO plain (text) VALUES (?)", texts[at : at + 200])
            connection.commit()
        return round(len(texts) / (time.perf_counter() - begun))


async def _tiles(store: Store) -> dict[str, float]:
    """The middle of five: a collection of garbage (120 ms here) would fall on one of them."""
    return {
        tile.__name__: round(sorted([await _timed(store, tile) for _ in range(5)])[2], 1)
        for tile in TILES
    }


async def _timed(store: Store, tile: Any) -> float:
    begun = time.perf_counter()
    await store.read(tile, Which())
    return (time.perf_counter() - begun) * 1000


async def _compared(store: Store) -> dict[str, Any]:
    """The dashboard's rate beside the labels', and how often they agree on one review."""
    lines = await store.read(reviews.products, Which(), order="count")
    totals = await store.read(reviews.totals, Which())
    labelled = await _labelled(store)
    now = totals.now
    return {
        "dashboard": round(now.good_rate or 0, 4),
        "dashboard_bad": round(now.bad_rate or 0, 4),
        "dashboard_good_of_good_and_bad": round(now.good / max(now.good + now.bad, 1), 4),
        "labels": round(labelled["good"] / max(now.labelled, 1), 4),
        "agree": round(now.agree / max(now.labelled, 1), 4),
        "agree_where_not_neutral": round(now.agree / max(now.good + now.bad, 1), 4),
        "by_product": {line.name: round(line.now.good_rate or 0, 3) for line in lines},
    }


async def _labelled(store: Store) -> dict[str, int]:
    counts: dict[str, int] = {"good": 0, "bad": 0}
    after = None
    while True:
        page = await store.read(reviews.reviews, Which(), after=after, limit=200)
        for review in page.reviews:
            if review.label:
                counts[review.label] = counts.get(review.label, 0) + 1
        after = page.after
        if after is None:
            return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--rows", type=int, default=0)
    chosen = parser.parse_args()
    print(
        json.dumps(
            asyncio.run(main(_head(chosen.file.read_bytes(), chosen.rows), chosen.file.name)),
            ensure_ascii=False,
            indent=1,
        )
    )
