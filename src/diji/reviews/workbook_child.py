"""Opens one workbook in a process of its own: what a file can do to it hurts nobody else.

Run as a script (`python -I workbook_child.py BOOK OUT MOST_ROWS`), so it imports nothing of ours.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

MOST_MEMORY = 1_500_000_000  # a small file can name one long string a million times
MOST_SECONDS = 60
MOST_SHEETS = 10
MOST_COLUMNS = 200


def main(book: str, out: str, most_rows: int) -> dict[str, Any]:
    """Write each visible sheet as lines of `[row number, cells…]`; says what was found, or why not."""
    for what, limit in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        resource.setrlimit(what, (limit, limit))
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(book)
        shown = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return {
            "sheets": [
                _write(workbook, name, f"{out}.{n}", most_rows)
                for n, name in enumerate(shown[:MOST_SHEETS])
            ]
        }
    except python_calamine.PasswordError:
        return {"error": "password"}
    except MemoryError:
        return {"error": "memory"}
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        return {"error": "password" if "password" in str(error).lower() else "broken"}


def _write(workbook: Any, name: str, path: str, most_rows: int) -> int:
    sheet = workbook.get_sheet_by_name(name)
    begin = (sheet.start or (0, 0))[0]
    count = 0
    with Path(path).open("w", encoding="utf-8") as out:
        for number, cells in enumerate(sheet.iter_rows(), start=begin + 1):
            said = [_said(cell) for cell in cells[:MOST_COLUMNS]]
            while said and not said[-1].strip():
                said.pop()
            if said:
                count += 1
                out.write(json.dumps([number, *said], ensure_ascii=False) + "\n")
            if count > most_rows:
                break
    return count


def _said(cell: object) -> str:
    """A cell as text; a number without the `.0` that spreadsheets add to order numbers."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
