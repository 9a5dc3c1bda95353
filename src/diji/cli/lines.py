"""JSON lines, as commands take them: numbered, in batches; a line that cannot be read spoils no other."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, TypeVar

from diji.foundation import Invalid

Batch: TypeAlias = list[tuple[int, bytes]]  # lines with their numbers
_Meant = TypeVar("_Meant")


@contextmanager
def source(file: Path | None) -> Iterator[BinaryIO]:
    """A file, or standard input where none is named."""
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


def batches(opened: BinaryIO, *, size: int) -> Iterator[Batch]:
    """Lines that hold something, `size` at once."""
    batch: Batch = []
    for number, line in enumerate(opened, start=1):
        if line.strip():
            batch.append((number, line))
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def parsed(
    number: int, line: bytes, meaning: Callable[[dict[str, Any]], _Meant]
) -> tuple[dict[str, Any], _Meant | None]:
    """How the answer begins, and what the line means; None when the line cannot be read."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
        name, meant = data.get("id", number), meaning(data)
        json.dumps(name, ensure_ascii=False).encode()  # half of a surrogate pair cannot be written
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        why = f'第 {number} 行读不了，需要 {{"id", "text"}} / cannot read line {number}'
        return {"line": number, "error": f"{why}: {type(error).__name__}"}, None
    return {"id": name}, meant


def words(value: object) -> str:
    """What was said; raises where it is no text, or text that cannot be written again."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value
