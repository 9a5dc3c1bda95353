"""Reads a file of whatever kind into lines of rows, which an import then takes piece by piece."""

import json
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from diji.foundation import Invalid, TooLarge

from . import workbook_child
from .columns import header_place, known_headers
from .given_back import reason_place, take_back
from .staged import MOST_ROWS, lines, piece, write
from .texts import decode, rows_of

LARGEST_FILE = 30_000_000
MOST_UNPACKED = 400_000_000
MOST_ENTRIES = 2_000
MOST_RATIO = 150  # tables of text pack 5 to 30 times
HARMLESS_SIZE = 20_000_000
SAMPLES = 200
_MOUTHFUL, _PIECE = 1 << 16, 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NO_TABLES = (
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"ID3",
    b"OggS",
    b"\x7fELF",
    b"MZ\x90",
)
_PATIENCE = 90


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on disk: lines of `[row number, cells…]`, data from byte `begin` on."""

    headers: list[str]
    samples: list[list[str]]
    begin: int
    total: int


def stage(content: bytes, path: Path) -> Sheet:
    """Write a file's rows as lines to `path`; raises `Invalid` or `TooLarge` with the reason."""
    if len(content) > LARGEST_FILE:
        raise TooLarge("文件不能超过 30 MB，请分成几个文件", "A file has at most 30 MB: split it")
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Invalid("文件是空的", "The file is empty")
    _no_other_kind(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    if content.startswith(b"PK"):
        check_zip(content)
        _stage_workbook(content, path)
    elif content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _password()
        _stage_workbook(content, path)
    else:
        write(path, rows_of(decode(content)))
    return _look(path)


def _no_other_kind(content: bytes) -> None:
    """A picture that some encoding can read as letters is a picture all the same."""
    picture = content.startswith(_PICTURES) and b"\x00" in content[:64]
    picture |= content.startswith((b"GIF8", b"\xff\xd8\xff")) or content[8:12] == b"WEBP"
    if picture:
        raise Invalid(
            "这是图片，不是评价表：请上传 XLSX、CSV 或 TSV 格式的评价表",
            "This is a picture, no table: send the reviews as XLSX, CSV or TSV",
        )
    if content.startswith(_NO_TABLES) or content[4:8] == b"ftyp":
        raise Invalid(
            "这不是评价表：请上传 XLSX、CSV 或 TSV 格式的评价表",
            "This is no table: send the reviews as XLSX, CSV or TSV",
        )


def check_zip(content: bytes) -> None:
    """Refuse what would unpack to something huge; the sizes that a zip declares are not believed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = packed.infolist()
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
                raise Invalid(
                    "这不是 Excel 文件：请上传 XLSX、CSV 或 TSV", "This zip is no Excel workbook"
                )
            if len(entries) > MOST_ENTRIES:
                raise _bomb()
            if any(entry.flag_bits & 1 for entry in entries):
                raise _password()
            most = max(HARMLESS_SIZE, min(MOST_UNPACKED, len(content) * MOST_RATIO))
            unpacked = 0
            for entry in entries:
                unpacked += _unpacked(content, entry, most - unpacked)
    # zipfile says NotImplementedError of an archive that asks for a newer version than it knows.
    except (zipfile.BadZipFile, zlib.error, IndexError, ValueError, NotImplementedError):
        raise _broken() from None


def _unpacked(content: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    begin = entry.header_offset
    names = int.from_bytes(content[begin + 26 : begin + 28], "little")
    names += int.from_bytes(content[begin + 28 : begin + 30], "little")
    packed = memoryview(content)[begin + 30 + names :]
    if entry.compress_type == zipfile.ZIP_STORED:
        size = entry.file_size
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = sum(_inflate(packed, most))
    else:
        raise zipfile.BadZipFile("packed in a way that no workbook is")
    if size > most:
        raise _bomb()
    return size


def _inflate(packed: memoryview, most: int) -> Iterator[int]:
    """Sizes of what comes out, until it is all out or more than `most`."""
    inflater = zlib.decompressobj(-15)
    size = 0
    while not inflater.eof and size <= most:
        out = len(inflater.decompress(packed[:_MOUTHFUL], _PIECE))
        taken = min(_MOUTHFUL, len(packed)) - len(inflater.unconsumed_tail)
        if not out and not taken:
            raise zlib.error
        packed = packed[taken:]
        size += out
        yield out


def _stage_workbook(content: bytes, path: Path) -> None:
    """The sheet whose head we know best, then the longest, becomes the table."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="opening-") as folder:
        book, out = Path(folder) / "book", Path(folder) / "sheet"
        book.write_bytes(content)
        found = _open_apart(book, out)
        sheets = [
            (_known(out.with_suffix(f".{n}")), rows, -n) for n, rows in enumerate(found) if rows
        ]
        if not sheets:
            raise Invalid("表格是空的", "The workbook is empty")
        out.with_suffix(f".{-max(sheets)[2]}").replace(path)


def _open_apart(book: Path, out: Path) -> list[int]:
    command = [
        sys.executable,
        "-I",
        workbook_child.__file__,
        str(book),
        str(out),
        str(MOST_ROWS + 20),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _bomb() from None
    if done.returncode != 0:
        raise _bomb() if done.returncode < 0 else _broken()
    said = json.loads(done.stdout)
    if said.get("error") == "password":
        raise _password()
    if "error" in said:
        raise _bomb() if said["error"] == "memory" else _broken()
    return [int(rows) for rows in said["sheets"]]


def _known(path: Path) -> int:
    return max((known_headers(row.cells) for row in islice(lines(path), 10)), default=0)


def _look(path: Path) -> Sheet:
    first = [row.cells for row in islice(lines(path), 10)]
    if not first:
        raise Invalid("文件里没有数据", "There are no rows in the file")
    place = header_place(first)
    reason = None if place is None else reason_place(first[place])
    if place is not None and reason is not None:
        take_back(path, head=place, reason=reason)
    begin, head = piece(path, 0, most=0 if place is None else place + 1)
    total = sum(1 for _ in lines(path, begin))
    if total == 0:
        raise Invalid("只有表头，没有评价", "There is a head and no reviews below it")
    if total > MOST_ROWS:
        raise TooLarge(
            "一个文件最多 20 万行，请分成几个文件", "A file has at most 200,000 rows: split it"
        )
    samples = [row.cells for row in islice(lines(path, begin), SAMPLES)]
    headers = [cell.strip() for cell in head[-1].cells] if head else []
    if not headers:
        headers = [f"第 {n} 列" for n in range(1, max(map(len, samples)) + 1)]
    while headers and not headers[-1]:
        headers.pop()
    return Sheet(headers, samples, begin, total)


def _password() -> Invalid:
    return Invalid(
        "文件有密码保护：请取消密码后再上传", "The file is protected by a password: remove it first"
    )


def _broken() -> Invalid:
    return Invalid(
        "文件已损坏，或不是 Excel 文件：请重新导出",
        "The file is broken or no Excel workbook: export it again",
    )


def _bomb() -> Invalid:
    return Invalid(
        "文件解压后过大，已拒绝读取", "The file unpacks to far too much; it was not opened"
    )
