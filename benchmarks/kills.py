"""kill -9 at random moments under load: what was acknowledged must be there, once, and in order.

python -m benchmarks.kills [--kills 30] [--rate 500]

Each visitor says numbered words one after another and repeats a message with the same key until it is acknowledged,
as the widget does. The machine is on, so that turns, hand-overs and suggestions die too.
"""

import argparse
import asyncio
import contextlib
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.house import Prepared, Server, free_port, load, prepare
from benchmarks.wire import Wire, percentile
from diji.foundation.database import sqlite_module

VISITORS = 900  # so many that none is slowed down for talking too fast


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    print(load())
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder), visitors=VISITORS)
        exam = Exam(prepared, chosen.rate)
        asyncio.run(exam.run(chosen.kills, random.Random(chosen.seed)))
        failures = report(exam, prepared.home)
    print(load())
    if failures:
        raise SystemExit(f"FAILED: {failures}")


class Exam:
    """Visitors that speak, and somebody who pulls the plug."""

    def __init__(self, prepared: Prepared, rate: int) -> None:
        self._visitors = prepared.visitors
        self._pause = VISITORS / rate
        self._server = Server(prepared.home, free_port())
        self._over = False
        self.acknowledged: dict[int, list[str]] = defaultdict(list)
        self.repeated = 0
        self.back: list[float] = []

    async def run(self, kills: int, chance: random.Random) -> None:
        self._server.start()
        talks = [
            asyncio.create_task(self._talk(number, token))
            for number, token in enumerate(self._visitors)
        ]
        for number in range(1, kills + 1):
            await asyncio.sleep(chance.uniform(0.5, 2.0))
            self._server.kill()
            self.back.append(await asyncio.to_thread(self._server.start))
            said = sum(map(len, self.acknowledged.values()))
            print(
                f"kill {number}/{kills}: back after {self.back[-1]:.2f} s, {said} acknowledged",
                flush=True,
            )
        await asyncio.sleep(1.5)
        self._over = True
        await asyncio.gather(*talks)
        await asyncio.sleep(3)  # let the turns finish
        self._server.stop()

    async def _talk(self, visitor: int, token: str) -> None:
        wire = Wire("127.0.0.1", self._server.port)
        number = 0
        while not self._over:
            key = f"kill-{visitor:03d}-{number:06d}"
            await self._say_until_taken(wire, token, key)
            self.acknowledged[visitor].append(key)
            number += 1
            await asyncio.sleep(self._pause)
        wire.close()

    async def _say_until_taken(self, wire: Wire, token: str, key: str) -> None:
        body = {"clientId": key, "text": f"{key} 快递三天没动了"}
        while True:
            with contextlib.suppress(OSError):
                status, _ = await wire.post("/api/widget/messages", body, {"X-Diji-Visitor": token})
                if status == 201:
                    return
            self.repeated += 1
            await asyncio.sleep(0.1)


def report(exam: Exam, home: Path) -> str:
    """Compare what was acknowledged with what is stored; says what is wrong, or nothing."""
    connection = sqlite_module().connect(f"file:{home / 'diji.sqlite3'}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT conversation_id, seq, text FROM messages WHERE author = 'consumer'"
    ).fetchall()
    answers = connection.execute(
        "SELECT client_id, count(*) FROM messages WHERE client_id LIKE 'cause:%' GROUP BY conversation_id, client_id"
    ).fetchall()
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
    gaps = connection.execute("SELECT max(position) - count(*) FROM ledger").fetchone()[0]
    connection.close()
    stored = Counter(text.split(" ")[0] for _, _, text in rows)
    acknowledged = [key for keys in exam.acknowledged.values() for key in keys]
    lost = sum(stored[key] == 0 for key in acknowledged)
    twice = sum(count > 1 for count in stored.values())
    by_thread: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for conversation, seq, text in rows:
        by_thread[conversation].append((seq, text.split(" ")[0]))
    inversions = sum(
        first[1] > second[1]
        for said in by_thread.values()
        for first, second in zip(sorted(said), sorted(said)[1:], strict=False)
    )
    doubled = sum(count > 1 for _, count in answers)
    print(
        json.dumps(
            {
                "acknowledged": len(acknowledged), "repeated by clients": exam.repeated, "lost": lost,
                "stored twice": twice, "order inversions": inversions, "answers twice": doubled,
                "ledger gaps": gaps, "integrity": whole,
                "back, median s": round(percentile(exam.back, 0.5), 2), "back, worst s": round(max(exam.back), 2),
            },
            ensure_ascii=False,
        )
    )  # fmt: skip
    wrong = {
        "lost": lost,
        "twice": twice,
        "inversions": inversions,
        "answers twice": doubled,
        "gaps": gaps,
    }
    return ", ".join(name for name, count in wrong.items() if count) or (
        "" if whole == "ok" else whole
    )


if __name__ == "__main__":
    begun = time.perf_counter()
    main()
    print(f"{time.perf_counter() - begun:.0f} s in all")
