"""The file of bad rows: what could not be taken in, with the reason beside each row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import orjson

from .columns import REASON
from .rules import BadRow, Plan, harmless, read_row
from .sheets import lines

Bad = tuple[int, list[str], str]
_LONGEST_XLSX_CELL = 32_000


def bad_rows(path: Path, begin: int, plan: Plan, *, now: datetime) -> Iterator[Bad]:
    """(row number, cells, reason): found again by the same rules, so that nothing is kept twice."""
    for number, cells in lines(path, begin):
        try:
            read_row(cells, plan, now=now)
        except BadRow as reason:
            yield number, cells, str(reason)


def keep(path: Path, rows: Iterable[Bad]) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as out:
        out.writelines(orjson.dumps(row) + b"\n" for row in rows)
    fresh.replace(path)


def kept(path: Path) -> Iterator[Bad]:
    with path.open("rb") as file:
        for line in file:
            number, cells, reason = orjson.loads(line)
            yield number, cells, reason


def as_csv(headers: Sequence[str], rows: Iterable[Bad]) -> bytes:
    """With the mark that Excel needs to see UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows(_table(headers, rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(headers: Sequence[str], rows: Iterable[Bad]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("未导入")
        for line, cells in enumerate(_table(headers, rows)):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell[:_LONGEST_XLSX_CELL])
    return out.getvalue()


def _table(headers: Sequence[str], rows: Iterable[Bad]) -> Iterator[list[str]]:
    """The reason comes last under its own name, so that the mended file can be sent in as it is."""
    named = [h for h in headers if h != REASON]
    yield [harmless(h) for h in [*named, REASON]]
    for number, cells, reason in rows:
        own = [
            harmless(cell) for cell in [*cells, *[""] * len(named)][: max(len(named), len(cells))]
        ]
        if len(cells) > len(named):
            own = [
                *own[: len(named) - 1],
                harmless("，".join(c for c in cells[len(named) - 1 :] if c)),
            ]
        yield [*own, f"第 {number} 行：{reason}"]
