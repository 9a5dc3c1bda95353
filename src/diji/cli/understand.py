"""`diji understand`: readings of messages or reviews, line by line."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from pydantic import TypeAdapter

from diji import understanding
from diji.foundation import Invalid
from diji.understanding import Attachment, Message, Turn

LINES_AT_ONCE = 256
_ATTACHMENT = TypeAdapter(Attachment)


class Kind(StrEnum):
    """What is to be read."""

    MESSAGE = "message"
    REVIEW = "review"


def understand(
    kind: Annotated[Kind, typer.Option(help="What the texts are")] = Kind.MESSAGE,
    input_file: Annotated[
        Path | None, typer.Option("--input", metavar="FILE", help="JSONL file; else standard input")
    ] = None,
) -> None:
    """Read texts, one JSON object a line, and write what they mean, one JSON object a line, in the same order.

    A line is {"id", "text"} and, for messages, may have "context": [{"role": "consumer" or "agent", "text"}]
    and "attachments": [{"kind": "picture"}]. A line that cannot be read gets {"line", "error"}; the others go
    on, and the exit code is 1. Needs no shop and keeps nothing.
    """
    failed = False
    with _source(input_file) as source, _progress(input_file) as advance:
        for batch in _batches(source):
            for line in _read(batch, kind):
                failed |= "error" in line
                print(json.dumps(line, ensure_ascii=False))
            advance(sum(len(line) for _, line in batch))
    sys.exit(1 if failed else 0)


@contextmanager
def _source(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Invalid(
            f"读不了 {file}：{error.strerror}", f"Cannot read {file}: {error.strerror}"
        ) from None
    with opened:
        yield opened


@contextmanager
def _progress(file: Path | None) -> Iterator[Callable[[int], None]]:
    """A bar where somebody watches, and where the readings do not run through it."""
    if file is None or sys.stdout.isatty() or not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    with typer.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:
        yield bar.update


def _batches(source: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
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
    messages = [message for _, message in parsed if message is not None]
    if kind is Kind.REVIEW:
        readings: list[Any] = list(understanding.read_reviews([m.text for m in messages]))
    else:
        readings = list(understanding.read_many(messages))
    found = iter(readings)
    for answer, message in parsed:
        if message is not None:
            answer |= understanding.as_json(next(found))  # noqa: PLW2901 - the line's own answer grows
        yield answer


def _parsed(number: int, line: bytes) -> tuple[dict[str, Any], Message | None]:
    """How the answer begins, and what is to be read; None when the line cannot be."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
        message, name = _message(data), data.get("id", number)
        json.dumps(name, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        why = f'第 {number} 行读不了，需要 {{"id", "text"}} / cannot read line {number}'
        return {"line": number, "error": f"{why}: {type(error).__name__}"}, None
    return {"id": name}, message


def _message(data: dict[str, Any]) -> Message:
    context = [
        Turn("agent" if turn["role"] == "agent" else "consumer", _text(turn["text"]))
        for turn in data.get("context") or []
    ]
    seen = [_ATTACHMENT.validate_python(one) for one in data.get("attachments") or []]
    return Message(_text(data["text"]), tuple(context), tuple(seen))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value
