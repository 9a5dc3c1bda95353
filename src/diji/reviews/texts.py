"""Text files as they are in China: UTF-8 with and without mark, GBK, UTF-16; commas inside the words."""

import unicodedata
from collections.abc import Iterator
from itertools import islice

from diji.foundation import Invalid

from .columns import known_headers
from .quotes import rows
from .staged import Line

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ("\t", ",", ";", "|", "，")
_LOOK_AT = 200
_LAST_COMMON = b"\xd7\xf9"  # GB 2312 sorts by how common a character is


def decode(content: bytes) -> str:
    """The text of a file, whatever encoding it is in; raises `Invalid` for what is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    wide = _wide(content)
    if wide:
        return _strictly(content, wide)
    if b"\x00" in content:
        raise _no_text()
    try:
        return _plain_text(content.decode())
    except UnicodeDecodeError:
        return _plain_text(_old_chinese(content))


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return _plain_text(content.decode(encoding))
    except UnicodeDecodeError:
        raise _no_text() from None


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark shows in the line ends and marks, whose other byte is zero."""
    head = content[:4000]
    if not head or head.count(0) < len(head) / 50:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _old_chinese(content: bytes) -> str:
    """GB18030 reads nearly every byte, so what it read must look like Chinese; a few broken bytes may be."""
    text = content.decode("gb18030", errors="replace")
    broken = text.count("\ufffd")
    if broken <= len(text) / 500 and _everyday(text):
        return text
    return _guess(content)


def _everyday(text: str) -> bool:
    """Whether most Chinese characters are of the 3,755 common ones: wrong encodings give rare ones."""
    found = [c for c in islice(text, 20_000) if "\u4e00" <= c <= "\u9fff"]
    common = sum(b"\xb0\xa1" <= c.encode("gb2312", "ignore") <= _LAST_COMMON for c in found)
    return bool(found) and common >= 0.8 * len(found)


def _guess(content: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(content[:200_000]).best()
    if best is None or best.encoding == "utf_7":
        raise _no_text()
    try:
        return content.decode(best.encoding, errors="replace")
    except LookupError:
        raise _no_text() from None


def _plain_text(text: str) -> str:
    head = text[:20_000]
    odd = sum(unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\t\r\n\x1a" for c in head)
    if odd > len(head) / 50:
        raise _no_text()
    start = head.lstrip("\ufeff \r\n\t")[:200].lower()
    if start.startswith(("<html", "<!doctype", "<?xml", "<table", "<meta", "<div")):
        raise Invalid(
            "这是网页，不是表格（有些后台导出的 .xls 其实是网页）：请用 Excel 打开后另存为 .xlsx",
            "This is a web page, no table: open it in Excel and save it as .xlsx",
        )
    if start.startswith(("{", "[{")):
        raise Invalid(
            "这是 JSON：请导出为 XLSX、CSV 或 TSV", "This is JSON: export XLSX, CSV or TSV"
        )
    return text


def _no_text() -> Invalid:
    return Invalid(
        "无法读取这个文件：请上传 XLSX、CSV 或 TSV 格式的评价表",
        "This file cannot be read: send a table of reviews as XLSX, CSV or TSV",
    )


def rows_of(text: str) -> Iterator[Line]:
    """Every row that is not blank, with the line on which it begins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = _delimiter(lines)
    head = _head([row.cells for row in islice(rows(lines, delimiter), _LOOK_AT)])
    return rows(lines, delimiter, width=len(head))


def _delimiter(lines: list[str]) -> str:
    """That under which the head names columns that we know and the rows are as wide as the head."""
    first = lines[: 10 * _LOOK_AT]
    offers = [(_fitness(first, d), -place, d) for place, d in enumerate((*_DELIMITERS, ""))]
    return max(offers)[2]


def _fitness(lines: list[str], delimiter: str) -> tuple[int, float]:
    if delimiter and not any(delimiter in line for line in lines):
        return (-1, 0.0)
    found = [row.cells for row in islice(rows(lines, delimiter), _LOOK_AT)]
    if not found:
        return (-1, 0.0)
    head = _head(found)
    known = known_headers(head)
    if known == 0 and delimiter in {"，", ";", "|", ","} and max(map(len, found)) > 1:
        known = 0 if _same_width(found, len(head)) > 0.95 and len(head) > 1 else -1  # noqa: PLR2004
    return (known, _same_width(found, len(head)))


def _head(found: list[list[str]]) -> list[str]:
    return max(found[:10], key=known_headers, default=[])


def _same_width(found: list[list[str]], width: int) -> float:
    return sum(len(row) == width for row in found) / len(found)
