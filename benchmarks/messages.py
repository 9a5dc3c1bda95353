"""A consumer's message: posted → durable → the agent's suggestion on the socket, and messages alone.

python -m benchmarks.messages [--seconds 20] [--full-rate 500] [--suggest-rate 50] [--sockets 200]
"""

import argparse
import asyncio
import contextlib
import json
import random
import sqlite3
import tempfile
import time
from pathlib import Path

import uvicorn
from websockets.asyncio.client import connect

from benchmarks.house import Prepared, Server, free_port, load, prepare
from benchmarks.wire import Wires, percentile, spread
from diji.foundation.database import sqlite_module

QUESTIONS = (
    "快递三天没动了，什么意思", "质量太差了，用两次就坏", "能便宜点吗", "我要退货", "转人工", "这个怎么退款呀",
    "发错货了你们", "一直没收到货怎么回事", "过敏了脸上好痒", "你们客服在不在啊，急死了",
)  # fmt: skip
CONNECTIONS = 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--full-rate", type=int, default=500)
    parser.add_argument("--suggest-rate", type=int, default=50)
    parser.add_argument("--sockets", type=int, default=200)
    chosen = parser.parse_args()
    print(load())
    raw = raw_sqlite(seconds=3, rate=chosen.full_rate)
    print(
        f"baseline, raw sqlite3 one transaction a message (FULL), {chosen.full_rate}/s: {spread(raw)}"
    )
    echo = asyncio.run(bare_echo(seconds=5, rate=chosen.full_rate))
    print(f"baseline, bare ASGI echo, {chosen.full_rate}/s: {spread(echo)}")
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder), visitors=1200)
        server = Server(prepared.home, free_port())
        print(f"start on an existing home: {server.start():.2f} s")
        time.sleep(2)
        print(f"idle memory with models loaded: {server.memory():.0f} MB")
        try:
            asyncio.run(measure(prepared, server.port, chosen, echo))
            print(f"memory after: {server.memory():.0f} MB; {load()}")
        finally:
            server.stop()


async def measure(
    prepared: Prepared, port: int, chosen: argparse.Namespace, echo: list[float]
) -> None:
    silent = prepared.silent_visitors
    greeting = len(silent) / GREETING_RATE
    opened = await post_steadily(port, silent, rate=GREETING_RATE, seconds=greeting, key="greeting")
    print(
        f"first words of {len(silent)} consumers (conversation opened, person called): {spread(opened)}"
    )
    await asyncio.sleep(5)
    alone = await post_steadily(port, silent, rate=chosen.full_rate, seconds=chosen.seconds)
    ratio = percentile(alone, 0.99) / percentile(echo, 0.99)
    print(
        f"message alone (machine off), {chosen.full_rate}/s: {spread(alone)}; p99 is {ratio:.1f} x the echo's"
    )
    await asyncio.sleep(10)
    suggested, answered = await suggestions(prepared, port, chosen)
    print(
        f"message → suggestion on the socket, {chosen.suggest_rate}/s, {chosen.sockets} sockets:"
        f" {spread(suggested)}; {answered} messages got the machine's answer or gave way to newer words"
    )


GREETING_RATE = 100


async def post_steadily(
    port: int,
    tokens: list[str],
    *,
    rate: int,
    seconds: float,
    path: str = "/api/widget/messages",
    key: str = "bench",
) -> list[float]:
    """Post at an even rate whatever the answers do, so that waiting is counted."""
    wires = Wires(port, CONNECTIONS)
    took: list[float] = []

    async def one(number: int, due: float) -> None:
        body = {"clientId": f"{key}-{number:08d}", "text": random.choice(QUESTIONS)}
        status, answer = await wires.post(
            path, body, {"X-Diji-Visitor": tokens[number % len(tokens)]}
        )
        took.append(time.perf_counter() - due)
        assert status in {200, 201}, (status, answer)

    await evenly(one, rate=rate, seconds=seconds)
    wires.close()
    return took


async def evenly(do, *, rate: int, seconds: float) -> None:
    begun = time.perf_counter()
    tasks = []
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(do(number, due)))
    await asyncio.gather(*tasks)


async def suggestions(
    prepared: Prepared, port: int, chosen: argparse.Namespace
) -> tuple[list[float], int]:
    """Open the sockets (one in ten a desk, the others widgets), post, and wait for what a desk is shown."""
    sent: dict[str, float] = {}
    shown: dict[str, float] = {}
    wires = Wires(port, CONNECTIONS)

    async def one(number: int, due: float) -> None:
        body = {"clientId": f"suggest-{number:08d}", "text": random.choice(QUESTIONS)}
        headers = {"X-Diji-Visitor": prepared.visitors[number % len(prepared.visitors)]}
        status, answer = await wires.post("/api/widget/messages", body, headers)
        assert status == 201, (status, answer)
        sent[json.loads(answer)["messageId"]] = due

    async with contextlib.AsyncExitStack() as stack:
        desks = [
            await stack.enter_async_context(desk(port, prepared))
            for _ in range(chosen.sockets // 10)
        ]
        for token in prepared.visitors[: chosen.sockets - len(desks)]:
            await stack.enter_async_context(_Widget(port, token))
        readers = [
            asyncio.create_task(watch(desks[0], shown)),
            *(asyncio.create_task(drain(d)) for d in desks[1:]),
        ]
        await evenly(one, rate=chosen.suggest_rate, seconds=chosen.seconds)
        await asyncio.sleep(3)
        for task in readers:
            task.cancel()
    wires.close()
    took = [shown[i] - due for i, due in sent.items() if i in shown]
    return took, len(sent) - len(took)


def desk(port: int, prepared: Prepared):
    return connect(
        f"ws://127.0.0.1:{port}/api/feed",
        additional_headers={"Cookie": f"{prepared.cookie}={prepared.lead}"},
        max_size=None,
    )


class _Widget:
    def __init__(self, port: int, token: str) -> None:
        self._connect = connect(f"ws://127.0.0.1:{port}/api/widget/socket")
        self._token = token

    async def __aenter__(self):
        socket = await self._connect.__aenter__()
        await socket.send(json.dumps({"token": self._token, "after": 0}))
        self._drain = asyncio.create_task(drain(socket))
        return socket

    async def __aexit__(self, *problem):
        self._drain.cancel()
        await self._connect.__aexit__(*problem)


async def watch(socket, shown: dict[str, float]) -> None:
    """Note when the first suggestion for a message is on the socket."""
    await socket.send(json.dumps({"after": None}))
    async for frame in socket:
        now = time.perf_counter()
        for line in frame.split("\n"):
            if '"suggestions.offered"' in line:
                shown.setdefault(json.loads(line)["event"]["messageId"], now)


async def drain(socket) -> None:
    with contextlib.suppress(Exception):
        await socket.send(json.dumps({"after": None}))
        async for _ in socket:
            pass


def raw_sqlite(*, seconds: float, rate: int) -> list[float]:
    """What the disk and SQLite alone take for one row in one transaction."""
    with tempfile.TemporaryDirectory() as folder:
        connection: sqlite3.Connection = sqlite_module().connect(
            f"{folder}/raw.sqlite3", isolation_level=None
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT)")
        took = []
        for number in range(int(rate * seconds)):
            begun = time.perf_counter()
            connection.execute(
                "INSERT INTO said VALUES (?, ?)", (number, QUESTIONS[number % len(QUESTIONS)])
            )
            took.append(time.perf_counter() - begun)
        connection.close()
        return took


async def bare_echo(*, seconds: float, rate: int) -> list[float]:
    """The same client against an ASGI app that does nothing, in a process of its own."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "python", "-c", f"from benchmarks.messages import serve_echo; serve_echo({port})"
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                break
            await asyncio.sleep(0.05)
        return await post_steadily(port, ["x"], rate=rate, seconds=seconds, path="/")
    finally:
        process.terminate()
        await process.wait()


def serve_echo(port: int) -> None:
    async def echo(scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            return
        body = (await receive()).get("body", b"")
        length = str(len(body)).encode()
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
        )
        await send({"type": "http.response.body", "body": body})

    uvicorn.run(echo, port=port, log_level="error", lifespan="off")


if __name__ == "__main__":
    main()
