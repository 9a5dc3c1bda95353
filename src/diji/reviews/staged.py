"""A table on disk on its way in: one line of JSON for each row, read again piece by piece."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson

MOST_ROWS = 200_000


class Line(NamedTuple):
    """A row of a file: where it stood, its cells as they were, and what was wrong with it before anybody read them."""

    number: int
    cells: list[str]
    fault: str = ""


def write(path: Path, rows: Iterable[Line]) -> None:
    """Lines of `[number, cells…]`, as the workbook's reader writes them too; a fault makes it an object."""
    with path.open("wb") as out:
        for row in islice(rows, MOST_ROWS + 20):
            out.write(orjson.dumps(_kept(row)) + b"\n")


def lines(path: Path, position: int = 0) -> Iterator[Line]:
    """The rows from a byte on."""
    with path.open("rb") as file:
        file.seek(position)
        for line in file:
            yield _line(orjson.loads(line))


def piece(path: Path, position: int, *, most: int) -> tuple[int, list[Line]]:
    """The next rows, and the byte after them."""
    with path.open("rb") as file:
        file.seek(position)
        taken = [_line(orjson.loads(line)) for line in islice(iter(file.readline, b""), most)]
        return file.tell(), taken


def _kept(row: Line) -> Any:
    return row._asdict() if row.fault else [row.number, *row.cells]


def _line(kept: Any) -> Line:
    if isinstance(kept, dict):
        return Line(**kept)
    number, *cells = kept
    return Line(number, cells)
