"""A very small HTTP/1.1 client: a benchmark must not measure its own client."""

import asyncio
import json
from typing import Any


class Wire:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(
        self, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and body of the answer; a broken connection raises `ConnectionError`."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"Host: {self._host}", "Content-Type: application/json"]
        lines += [
            f"Content-Length: {len(content)}",
            *(f"{k}: {v}" for k, v in (headers or {}).items()),
        ]
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        try:
            self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
            return await self._answer()
        except (ConnectionError, asyncio.IncompleteReadError, ValueError, IndexError) as error:
            self.close()
            raise ConnectionError from error

    async def _answer(self) -> tuple[int, bytes]:
        assert self._reader is not None
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        length = next(
            (
                int(line[15:])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        return status, await self._reader.readexactly(length)

    def close(self) -> None:
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None


class Wires:
    """Several connections; each post takes a free one."""

    def __init__(self, port: int, count: int) -> None:
        self._free: asyncio.Queue[Wire] = asyncio.Queue()
        self._all = [Wire("127.0.0.1", port) for _ in range(count)]
        for wire in self._all:
            self._free.put_nowait(wire)

    async def post(
        self, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        wire = await self._free.get()
        try:
            return await wire.post(path, body, headers)
        finally:
            self._free.put_nowait(wire)

    def close(self) -> None:
        for wire in self._all:
            wire.close()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def spread(values: list[float]) -> str:
    """p50, p95, p99 and the largest, in milliseconds, of seconds."""
    shown = [percentile(values, share) * 1000 for share in (0.5, 0.95, 0.99)]
    return f"p50 {shown[0]:.1f}  p95 {shown[1]:.1f}  p99 {shown[2]:.1f}  max {max(values) * 1000:.1f} ms"
