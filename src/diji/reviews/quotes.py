"""Cuts text into rows of cells. A quote that nobody closed costs its own row and swallows none after it."""

from collections.abc import Iterator, Sequence

from .staged import Line

UNCLOSED = "引号没有闭合"
_MOST_LINES, _LONGEST = 200, 20_000  # of one quoted cell
_WIDE = 5
_NEEDS_NO_QUOTES = ("\t", "")  # what stands between such marks is a cell, quotes or not


def rows(lines: Sequence[str], delimiter: str, *, width: int = 0) -> Iterator[Line]:
    """Every row that is not blank; `width` is the head's, by which rows within a cell are known."""
    at = 0
    while at < len(lines):
        cells, used, fault = _row(lines, at, delimiter, width)
        if any(cell.strip() for cell in cells):
            yield Line(at + 1, cells, fault)
        at += used


def open_quote(cells: Sequence[str]) -> bool:
    """Whether a cell, cut at every delimiter, begins with a quote that is not closed in it."""
    return any(cell.startswith('"') and cell.count('"') % 2 for cell in cells)


def _row(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[list[str], int, str]:
    """The cells of the row that begins here, how many lines they take, and what is wrong with them."""
    bare = _cut(lines[at], delimiter)
    if not any(cell.startswith('"') for cell in bare):
        return bare, 1, ""
    quoted = _quoted(lines, at, delimiter)
    if quoted and not _swallowed(lines[at : at + quoted[1]], len(quoted[0]), delimiter, width):
        return *quoted, ""
    # Quotes that are no quotes, as in `"好书"很好`, do no harm where the cells are clear without them.
    clear = delimiter in _NEEDS_NO_QUOTES or not open_quote(bare)
    return bare, 1, "" if clear else UNCLOSED


def _cut(line: str, delimiter: str) -> list[str]:
    return line.split(delimiter) if delimiter else [line]


def _quoted(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int] | None:
    """The cells where every quote is closed before a delimiter or a line's end; None where one is not."""
    text, used, place = lines[at], 1, 0
    cells: list[str] = []
    while True:
        if text.startswith('"', place):
            text, end, used = _closing(lines, at, text, place + 1, used)
            if end < 0:
                return None
            cells.append(text[place + 1 : end].replace('""', '"'))
            place = end + 1
            while text.startswith(" ", place) and delimiter != " ":
                place += 1
        else:
            end = text.find(delimiter, place) if delimiter else -1
            end = len(text) if end < 0 else end
            cells.append(text[place:end])
            place = end
        if place == len(text):
            return cells, used
        if not delimiter or not text.startswith(delimiter, place):
            return None
        place += 1


def _closing(
    lines: Sequence[str], at: int, text: str, place: int, used: int
) -> tuple[str, int, int]:
    """Where the quote closes, with the lines that were needed to find it; -1 where it does not."""
    while True:
        end = text.find('"', place)
        if end >= 0 and not text.startswith('""', end):
            return text, end, used
        if end >= 0:
            place = end + 2
            continue
        if at + used >= len(lines) or used >= _MOST_LINES or len(text) > _LONGEST:
            return text, -1, used
        place = len(text) + 1
        text, used = f"{text}\n{lines[at + used]}", used + 1


def _swallowed(taken: Sequence[str], found: int, delimiter: str, width: int) -> bool:
    """Whether a cell of several lines is really several rows: each alone is as wide as the head."""
    if len(taken) == 1 or width < 2:  # noqa: PLR2004
        return False
    # In a narrow table of commas the lines of what a buyer wrote can be as wide by chance.
    by_chance = found == width < _WIDE and delimiter not in _NEEDS_NO_QUOTES
    return not by_chance and all(len(_cut(line, delimiter)) == width for line in taken)
