"""Rows that could not be taken in: found, kept, and written as the file that is given back."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import orjson

from .given_back import Bad, table
from .rules import BadRow, Plan, Row, read_row
from .staged import Line, lines

_LONGEST_XLSX_CELL = 32_000


def read_line(line: Line, plan: Plan, *, now: datetime) -> Row:
    """The review in a line; raises `BadRow` with what is wrong with the line, or with what it says."""
    if line.fault:
        raise BadRow(line.fault)
    return read_row(line.cells, plan, now=now)


def bad_rows(path: Path, begin: int, plan: Plan, *, now: datetime) -> Iterator[Bad]:
    """(row number, cells, reason): found again by the same rules, so that nothing is kept twice."""
    for line in lines(path, begin):
        try:
            read_line(line, plan, now=now)
        except BadRow as reason:
            yield line.number, line.cells, str(reason)


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
    writer.writerows(table(headers, rows))
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
        for line, cells in enumerate(table(headers, rows)):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell[:_LONGEST_XLSX_CELL])
    return out.getvalue()
