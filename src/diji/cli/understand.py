"""`diji understand`: readings of messages or reviews, line by line."""

import itertools
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from diji import understanding
from diji.foundation import Invalid
from diji.understanding import Attachment, Catalogue, Message, Shop, Turn, Unreadable, WordList

from . import lines

LINES_AT_ONCE = 256
BATCHES_ALONE = 16  # a second process takes as long to start as reading these
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
    catalogue: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What the shop sells (JSONL, CSV, TSV: id, name, aliases)"
        ),
    ] = None,
    words: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The shop's own words (TSV, TOML: word, kind, id, weight)"
        ),
    ] = None,
) -> None:
    """Read texts, one JSON object a line, and write what they mean, one JSON object a line, in the same order.

    A line is {"id", "text"} and, for messages, may have "context": [{"role": "consumer" or "agent", "text"}]
    and "attachments": [{"kind": "picture"}]. A line that cannot be read gets {"line", "error"}; the others go
    on, and the exit code is 1. Needs no shop and keeps nothing.
    """
    failed, shop = False, _shop(catalogue, words)
    with lines.source(input_file) as source, _progress(input_file) as advance:
        batches = lines.batches(source, size=LINES_AT_ONCE)
        for batch, answers in _read_all(batches, kind, shop):
            for line in answers:
                failed |= "error" in line
                print(json.dumps(line, ensure_ascii=False))
            advance(sum(len(line) for _, line in batch))
    sys.exit(1 if failed else 0)


@contextmanager
def _progress(file: Path | None) -> Iterator[Callable[[int], None]]:
    """A bar where somebody watches, and where the readings do not run through it."""
    if file is None or sys.stdout.isatty() or not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    with typer.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:
        yield bar.update


def _read_all(
    batches: Iterator[lines.Batch], kind: Kind, shop: Shop
) -> Iterator[tuple[lines.Batch, list[dict[str, Any]]]]:
    """Every batch with its answers, in order; what is long is read on all cores."""
    for batch in itertools.islice(batches, BATCHES_ALONE):
        yield batch, _read(batch, kind, shop)
    first = next(batches, None)
    if first is None:
        return
    cores = os.cpu_count() or 1
    waiting: deque[tuple[lines.Batch, Future[list[dict[str, Any]]]]] = deque()
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        for batch in itertools.chain([first], batches):
            waiting.append((batch, pool.submit(_read, batch, kind, shop)))
            if len(waiting) > 2 * cores:
                done, answers = waiting.popleft()
                yield done, answers.result()
        for done, answers in waiting:
            yield done, answers.result()


def _shop(catalogue: Path | None, words: Path | None) -> Shop:
    """What the shop brings along, from its files; raises `Invalid` naming the line that is wrong."""
    try:
        return Shop(
            Catalogue.read(catalogue) if catalogue else None,
            WordList.read(words) if words else None,
        )
    except Unreadable as error:
        raise Invalid(error.zh, error.en) from None


def _read(batch: lines.Batch, kind: Kind, shop: Shop) -> list[dict[str, Any]]:
    parsed = [lines.parsed(number, line, _message) for number, line in batch]
    messages = [message for _, message in parsed if message is not None]
    if kind is Kind.REVIEW:
        readings: list[Any] = list(understanding.read_reviews([m.text for m in messages]))
    else:
        readings = list(understanding.read_many(messages, shop=shop))
    found = iter(readings)
    return [
        answer if message is None else answer | understanding.as_json(next(found))
        for answer, message in parsed
    ]


def _message(data: dict[str, Any]) -> Message:
    context = [
        Turn("agent" if turn["role"] == "agent" else "consumer", lines.words(turn["text"]))
        for turn in data.get("context") or []
    ]
    seen = [_ATTACHMENT.validate_python(one) for one in data.get("attachments") or []]
    return Message(lines.words(data["text"]), tuple(context), tuple(seen))
