"""Files in the encodings, forms and states of health in which they come."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from diji.foundation import Refusal
from diji.reviews.sheets import Sheet, check_zip, stage
from diji.reviews.staged import lines
from tests.reviews.make import FILE, HEAD, ROWS, workbook

BARE = datetime(2026, 5, 1, 10, 30)  # noqa: DTZ001 - spreadsheets know no zones


def staged(content: bytes, tmp_path: Path) -> tuple[Sheet, list[list[str]]]:
    path = tmp_path / "rows"
    sheet = stage(content, path)
    return sheet, [line.cells for line in lines(path, sheet.begin)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    sheet, rows = staged(FILE.encode(encoding), tmp_path)
    assert sheet.headers == HEAD.split(",")
    assert rows[0][5] == "很好用，物流快"
    assert len(rows) == len(ROWS)


def test_big5_is_guessed(tmp_path: Path) -> None:
    text = "評價內容,星級\n" + "這個產品質量非常好，物流也很快，下次還會購買的，謝謝賣家,5\n" * 20
    assert staged(text.encode("big5"), tmp_path)[0].headers == ["評價內容", "星級"]


def test_a_few_broken_bytes_do_not_spoil_a_gbk_file(tmp_path: Path) -> None:
    content = (FILE + "\n8841009,P1,面霜,王,5,还行,2026-05-01" * 60).encode("gbk") + b"\xff"
    assert staged(content, tmp_path)[0].total == len(ROWS) + 60


@pytest.mark.parametrize("mark", ["\t", ",", ";", "|"])
def test_the_delimiter_is_found_though_the_words_hold_commas(mark: str, tmp_path: Path) -> None:
    body = [f"5{mark}不错，下次还来，推荐", f"1{mark}差评，再也不来了；真的"] * 5
    sheet, rows = staged("\n".join([f"星级{mark}评价内容", *body]).encode(), tmp_path)
    assert (sheet.headers, rows[0]) == (["星级", "评价内容"], ["5", "不错，下次还来，推荐"])


def test_a_single_column_is_not_cut_at_its_commas(tmp_path: Path) -> None:
    text = "评价内容\n不错,挺好\n物流慢,客服态度差,不会再买\n好\n"
    assert staged(text.encode(), tmp_path)[1][1] == ["物流慢,客服态度差,不会再买"]


def test_a_quote_that_nobody_closed_swallows_nothing(tmp_path: Path) -> None:
    text = 'label\tcat\ttext\n1\t书\t"好书\n0\t书\t不好\n1\t书\t还行\n'
    assert [row[2] for row in staged(text.encode(), tmp_path)[1]] == ['"好书', "不好", "还行"]


def test_a_quoted_cell_may_hold_lines(tmp_path: Path) -> None:
    text = '评价内容,星级\n"第一行\n第二行",5\n好,4\n'
    assert staged(text.encode(), tmp_path)[1] == [["第一行\n第二行", "5"], ["好", "4"]]


def test_a_workbook_gives_plain_cells(tmp_path: Path) -> None:
    book = workbook(
        ["订单号", "评价内容", "评价时间"],
        [8841001234567, "=1+1 不错", BARE],
    )
    assert staged(book, tmp_path)[1] == [["8841001234567", "=1+1 不错", "2026-05-01 10:30:00"]]


def test_formulas_are_never_run_and_show_their_last_value(tmp_path: Path) -> None:
    book = workbook(["评价内容", "星级"], ["好用得很", "=2+3"])
    assert staged(book, tmp_path)[1] == [["好用得很", "=2+3"]]


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    bomb = _zip(**{"xl__workbook.xml": b"<x/>", "xl__sheet.xml": b" " * 60_000_000})
    with pytest.raises(Refusal, match="unpacks"):
        check_zip(bomb)


def test_the_size_that_a_zip_declares_is_not_believed() -> None:
    honest = _zip(**{"xl__workbook.xml": b"<x/>", "xl__sheet.xml": b" " * 60_000_000})
    lying = honest.replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(Refusal, match="unpacks"):
        check_zip(lying)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"), (b"\xef\xbb\xbf\r\n", "空的"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "图片"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + "评价内容\n好".encode(), "图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"), (b"%PDF-1.7\n1 0 obj", "不是评价表"),
        (bytes(range(256)) * 50, "无法读取"), (_zip(a=b"x"), "不是 Excel"), (b"PK\x03\x04 broken", "损坏"),
        (_zip(**{"xl__workbook.xml": b"<x/>"}), "损坏|空的"), ("评价内容,星级\n".encode(), "只有表头"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"), (b'{"a": 1}', "JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"junk" * 300, "损坏"), (workbook([]), "空的"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_clear_answer(content: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        stage(content, tmp_path / "rows")
    assert any(part in refused.value.zh for part in why.split("|"))


def test_one_long_string_named_a_million_times_fills_no_memory(tmp_path: Path) -> None:
    cells = b'<c t="s"><v>0</v></c>' * 100
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    sheet += (b"<row>" + cells + b"</row>") * 3000 + b"</sheetData></worksheet>"
    book = workbook(["a" * 30_000])
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(Refusal):
        stage(out.getvalue(), tmp_path / "rows")
