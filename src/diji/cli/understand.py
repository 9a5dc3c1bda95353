"""`diji understand`: readings of messages or reviews, line by line."""

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from diji import understanding
from diji.understanding import Attachment, Message, Turn

LINES_AT_ONCE = 256


class Kind(StrEnum):
    """What is to be read."""

    MESSAGE = "message"
    REVIEW = "review"


def understand(
    kind: Annotated[Kind, typer.Option(help="message or review")] = Kind.MESSAGE,
    input_file: Annotated[
        Path | None, typer.Option("--input", help="JSONL file; else standard input")
    ] = None,
) -> None:
    """Read JSONL {"id","text","context":[{"role","text"}],"attachments":[{"kind"}]} and write readings as JSONL.

    A line that cannot be read gets {"line","error"}; the others go on, and the exit code is 1.
    """
    source = input_file.open("rb") if input_file else sys.stdin.buffer
    failed = False
    with source:
        for batch in _batches(source):
            for line in _read(batch, kind):
                failed |= "error" in line
                print(json.dumps(line, ensure_ascii=False))
    sys.exit(1 if failed else 0)


def _batches(source: Any) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for number, line in enumerate(source, start=1):
        if line.strip():
            batch.append((number, line))
        if len(batch) >= LINES_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(batch: list[tuple[int, bytes]], kind: Kind) -> Iterator[dict[str, Any]]:
    parsed = [_parsed(number, line) for number, line in batch]
    good = [one for one in parsed if "error" not in one]
    if kind is Kind.REVIEW:
        readings: list[Any] = list(understanding.read_reviews([one["text"] for one in good]))
    else:
        readings = list(understanding.read_many([_message(one) for one in good]))
    found = iter(readings)
    for one in parsed:
        yield one if "error" in one else {"id": one["id"], **understanding.as_json(next(found))}


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
        return {"id": data.get("id", number), "text": str(data["text"]), "data": data}
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        return {
            "line": number,
            "error": f"第 {number} 行读不了 / cannot read line {number}: {type(error).__name__}",
        }


def _message(one: dict[str, Any]) -> Message:
    context = [
        Turn("agent" if turn.get("role") == "agent" else "consumer", str(turn.get("text", "")))
        for turn in one["data"].get("context") or []
    ]
    seen = [
        Attachment(a.get("kind", "file"), a.get("described"))
        for a in one["data"].get("attachments") or []
    ]
    return Message(one["text"], tuple(context), tuple(seen))
