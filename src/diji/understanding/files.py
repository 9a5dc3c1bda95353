"""Tables that a shop brings along: rows with their line numbers, and errors that name the line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

LARGEST = 64 * 1024 * 1024
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


class Unreadable(ValueError):
    """A file that cannot be taken in; says why in both languages, and in which line."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def wrong_line(path: Path, line: int, zh: str, en: str) -> Unreadable:
    return Unreadable(f"{path.name} 第 {line} 行：{zh}", f"{path.name} line {line}: {en}")


def text_of(path: Path) -> str:
    """The whole file; UTF-8, or GB18030 as spreadsheets in China save it."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path.name} 超过 64 MB", f"{path.name} is larger than 64 MB")
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"读不了 {path}：{error.strerror}", f"Cannot read {path}: {error.strerror}"
        ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(f"{path.name} 不是文本文件", f"{path.name} is not a text file")


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a JSONL, CSV or TSV file, each with the number of the line where it begins."""
    kind = path.suffix.lower()
    if kind == ".jsonl":
        yield from _json_rows(path)
    elif kind in _DELIMITERS:
        yield from _cells(path, _DELIMITERS[kind])
    else:
        raise Unreadable(
            f"{path.name}：只认 .jsonl、.csv、.tsv",
            f"{path.name}: only .jsonl, .csv and .tsv are known",
        )


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise wrong_line(path, number, "不是 JSON", "not JSON") from None
        if not isinstance(row, dict):
            raise wrong_line(path, number, "要一个 JSON 对象", "a JSON object is needed")
        yield number, row


def _cells(path: Path, delimiter: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # A tab-separated file has no quotes: an inch mark there is a letter.
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    lines = csv.reader(io.StringIO(text_of(path), newline=""), delimiter=delimiter, quoting=quoting)
    header = [cell.strip().lower() for cell in next(lines, [])]
    if not any(header):
        raise wrong_line(path, 1, "没有表头", "there is no header")
    begins = lines.line_num + 1
    try:
        for cells in lines:
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise wrong_line(
                    path, begins, f"多于表头的 {len(header)} 列",
                    f"more cells than the {len(header)} of the header",
                )  # fmt: skip
            if any(cell.strip() for cell in cells):
                yield begins, dict(zip(header, cells, strict=False))
            begins = lines.line_num + 1
    except csv.Error as error:
        raise wrong_line(path, begins, "表格格式不对", f"not a table: {error}") from None
