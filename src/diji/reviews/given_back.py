"""The file of bad rows: what could not be taken in, with the reason before each row, and the way back.

The reason comes first, so that surplus cells keep their place at a row's end. When the file is sent in again,
the reason and the marks that kept formulas harmless are taken off: each row is again what it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from .columns import REASON, plain
from .quotes import UNCLOSED, open_quote
from .rules import armed_again, harmless
from .staged import Line, lines, write

Bad = tuple[int, list[str], str]


def table(headers: Sequence[str], rows: Iterable[Bad]) -> Iterator[list[str]]:
    """The file's rows: under each head the cells as they were, and the reason in front."""
    yield [REASON, *map(harmless, headers)]
    for number, cells, reason in rows:
        yield [f"第 {number} 行：{reason}", *map(harmless, cells)]


def reason_place(head: Sequence[str]) -> int | None:
    """Where our own column stands, if this is a file that we gave back."""
    words = [plain(cell) for cell in head]
    return words.index(plain(REASON)) if plain(REASON) in words else None


def take_back(path: Path, *, head: int, reason: int) -> None:
    """Rewrite a table as it was before we gave its rows back."""
    fresh = path.with_suffix(".back")
    write(fresh, _as_they_were(path, head, reason))
    fresh.replace(path)


def was_given_back(path: Path) -> bool:
    """Whether a table on disk is one that we gave back: its head keeps the mark."""
    return path.exists() and any(line.fault == REASON for line in islice(lines(path), 1))


def _as_they_were(path: Path, head: int, reason: int) -> Iterator[Line]:
    kept = lines(path)
    for number, cells, _ in islice(kept, head + 1):
        yield Line(number, _without(cells, reason), REASON)
    for number, cells, fault in kept:
        own = [armed_again(cell) for cell in _without(cells, reason)]
        said = cells[reason] if reason < len(cells) else ""
        still_open = UNCLOSED in said and open_quote(own)
        if any(cell.strip() for cell in own):
            yield Line(number, own, fault or (UNCLOSED if still_open else ""))


def _without(cells: list[str], place: int) -> list[str]:
    return [*cells[:place], *cells[place + 1 :]]
