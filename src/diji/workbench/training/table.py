"""Reads a table of labelled texts: TSV or CSV with a header, in UTF-8, UTF-16 or GBK."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diji.foundation import Invalid

if TYPE_CHECKING:
    from pathlib import Path

NAME_COLUMNS = ("label_des", "label_name")
FEWEST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """Labelled texts in the order of the file; ``lines`` says where each begins."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    lines: tuple[int, ...]
    names: dict[str, str]
    """What each label means, in words; a label that says so itself is its own name."""
    fingerprint: str


def read_table(path: Path) -> Table:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Invalid(
            f"读不了 {path}：{error.strerror}", f"Cannot read {path}: {error.strerror}"
        ) from None
    text = _decoded(content, path)
    if not text.strip():
        raise Invalid(f"{path} 是空文件", f"{path} is empty")
    rows = _rows(text)
    _, header = rows[0]
    wanted = _columns([name.strip() for name in header])
    read = [_cells(line, cells, wanted) for line, cells in rows[1:]]
    labels = tuple(label for _, label, _, _ in read)
    _check(labels)
    return Table(
        texts=tuple(text for _, _, text, _ in read),
        labels=labels,
        lines=tuple(line for line, _, _, _ in read),
        names=_names([(label, name) for _, label, _, name in read]),
        fingerprint=hashlib.sha256(content).hexdigest()[:12],
    )


def _decoded(content: bytes, path: Path) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(
        f"{path} 不是文本，或编码不是 UTF-8、UTF-16、GBK",
        f"{path} is no text, or its encoding is none of UTF-8, UTF-16, GBK",
    )


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Line numbers and cells of the rows that hold anything; the first one is the header."""
    first = text.lstrip().split("\n", 1)[0]
    if "\t" in first:
        # In TSV a quote is a letter like any other.
        reader = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(io.StringIO(text))
    rows, begins = [], 1
    csv.field_size_limit(10_000_000)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((begins, cells))
        begins = reader.line_num + 1
    return rows


def _columns(header: list[str]) -> tuple[int, int, int | None]:
    missing = [name for name in ("label", "text") if name not in header]
    if missing:
        raise Invalid(
            f"第 1 行表头缺少列 {'、'.join(missing)}；读到的列：{'、'.join(header)}",
            f"The header in line 1 lacks {', '.join(missing)}; it has: {', '.join(header)}",
        )
    named = next((header.index(name) for name in NAME_COLUMNS if name in header), None)
    return header.index("label"), header.index("text"), named


def _cells(
    line: int, cells: list[str], wanted: tuple[int, int, int | None]
) -> tuple[int, str, str, str]:
    label, text, name = (
        cells[place].strip() if place is not None and place < len(cells) else "" for place in wanted
    )
    if not label or not text:
        lacks = "label" if not label else "text"
        raise Invalid(f"第 {line} 行缺少 {lacks}", f"Line {line} lacks its {lacks}")
    return line, label, text, name


def _check(labels: tuple[str, ...]) -> None:
    if len(labels) < FEWEST_ROWS:
        raise Invalid(
            f"只有 {len(labels)} 行，至少要 {FEWEST_ROWS} 行",
            f"Only {len(labels)} rows; at least {FEWEST_ROWS} are needed",
        )
    if len(set(labels)) == 1:
        raise Invalid(
            f"所有行都是同一个标签 {labels[0]}，至少要两个",
            f"All rows carry the one label {labels[0]}; at least two are needed",
        )


def _names(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The name that most rows of a label give it."""
    counted: dict[str, Counter[str]] = {}
    for label, name in pairs:
        counted.setdefault(label, Counter())[name or label] += 1
    return {label: names.most_common(1)[0][0] for label, names in sorted(counted.items())}
