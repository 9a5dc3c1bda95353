"""A quote that nobody closed costs its own row; every other row is read as it is."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from diji import reviews
from diji.foundation import Store
from diji.reviews import importing, returned
from diji.reviews.quotes import UNCLOSED
from diji.reviews.sheets import stage
from diji.reviews.staged import Line, lines
from tests.reviews.make import HEAD, take_in

WELL = '{0},P1,面霜,小王,5,"好用,物流快 {0}",2026-05-01'
BROKEN = '{0},P1,面霜,小王,5,"好用得很,2026-05-01'


def read(text: str, tmp_path: Path) -> list[Line]:
    path = tmp_path / "rows"
    return list(lines(path, stage(text.encode(), path).begin))


@pytest.mark.parametrize("at", [0, 1, 3, 5])
def test_only_the_broken_row_of_a_small_file_is_left_out(at: int, tmp_path: Path) -> None:
    body = [(BROKEN if n == at else WELL).format(n) for n in range(6)]
    found = read("\n".join([HEAD, *body]), tmp_path)
    assert [line.number for line in found if line.fault == UNCLOSED] == [at + 2]
    words = [line.cells[5] for line in found if not line.fault]
    assert words == [f"好用,物流快 {n}" for n in range(6) if n != at]


def test_rows_without_quotes_after_a_broken_one_are_not_swallowed(tmp_path: Path) -> None:
    plain = "9,P1,面霜,小王,5,好用,2026-05-01"
    found = read("\n".join([HEAD, BROKEN.format(1), plain, plain, BROKEN.format(4)]), tmp_path)
    assert [(line.number, line.fault) for line in found] == [
        (2, UNCLOSED), (3, ""), (4, ""), (5, UNCLOSED),
    ]  # fmt: skip


def test_a_broken_row_spoils_no_quoted_cell_of_a_large_file(tmp_path: Path) -> None:
    body = [(BROKEN if n == 4321 else WELL).format(n) for n in range(6000)]
    found = read("\r\n".join([HEAD, *body]), tmp_path)
    assert len(found) == 6000
    assert [line.number for line in found if line.fault] == [4323]
    assert all(len(line.cells) == 7 for line in found)


def test_two_rows_that_a_lonely_quote_would_join_stay_two(tmp_path: Path) -> None:
    text = f'{HEAD}\n1,P1,面霜,王,5,"好用,2026-05-01\n2,P1,面霜,李,4,还行",2026-05-02\n'
    found = read(text, tmp_path)
    assert [(line.number, line.fault) for line in found] == [(2, UNCLOSED), (3, "")]


def test_well_formed_cells_hold_lines_commas_and_quotes(tmp_path: Path) -> None:
    said = '第一行,有逗号\n第二行""引""用,也有\n\n第四行'
    text = f'{HEAD}\n1,P1,面霜,王,5,"{said}",2026-05-01\n{WELL.format(2)}\n'
    first, second = read(text, tmp_path)
    assert first == Line(2, ["1", "P1", "面霜", "王", "5", said.replace('""', '"'), "2026-05-01"])
    assert (second.number, second.fault) == (6, "")


def test_quotes_that_are_no_quotes_are_read_as_they_stand(tmp_path: Path) -> None:
    text = '评价内容,星级\n"好书"很好,5\n他说"好,4\n"好" ,3\n'
    assert [line.cells[0] for line in read(text, tmp_path)] == ['"好书"很好', '他说"好', "好"]


async def bad_file(store: Store, view: reviews.ImportView, form: str) -> bytes:
    content = importing.bad_rows_file(store, view, form=form)
    assert content is not None
    return content


ORDER = "\t3300000000000000123"
REPLIED = [
    "订单编号,评价内容,评价时间,商家回复,星级",
    '1,"没有闭合的引号,2026-05-01,亲谢谢,5',
    f'{ORDER},好用,=昨天,"亲,谢谢",5',
    "3,很好,真的很好,2026-05-01,谢谢,5",
    "4,不错,2026-05-01,谢谢,9,,",
    *(f"1{n},好用,2026-05-0{n},谢谢,5" for n in range(1, 5)),
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_bad_rows_sent_in_unchanged_are_the_same_bad_rows(shops: Store, form: str) -> None:
    view = await take_in(shops, "\n".join(REPLIED))
    kept = {line.number: line for line in bad_lines(shops, view)}
    again = await take_in(shops, await bad_file(shops, view, form))
    assert (view.added, again.added, again.bad) == (4, 0, 4)
    assert again.headers == view.headers
    for (number, reason, cells), (_, reason_then, cells_then) in zip(
        reasons(bad_lines(shops, again)), reasons(kept.values()), strict=True
    ):
        assert (reason, cells) == (reason_then, cells_then), number


def bad_lines(store: Store, view: reviews.ImportView) -> list[Line]:
    path = importing.files_of(store).bad(view.id)
    return [Line(number, cells, reason) for number, cells, reason in returned.kept(path)]


def reasons(found: Iterable[Line]) -> list[tuple[int, str, list[str]]]:
    """Cells without the empty ones at a row's end, which workbooks do not keep."""
    return [(line.number, line.fault, _without_end(line.cells)) for line in found]


def _without_end(cells: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(cells) if cell]
    return cells[: filled[-1] + 1]


async def test_a_bad_row_is_taken_once_it_is_mended(shops: Store) -> None:
    view = await take_in(shops, "\n".join(REPLIED))
    text = (await bad_file(shops, view, "csv")).decode("utf-8-sig")
    assert text.startswith("未导入原因,订单编号,")
    assert f"第 2 行：{UNCLOSED}" in text
    mended = (
        text.replace('"""没有闭合的引号"', "没有闭合的引号")
        .replace("'=昨天", "2026-05-01")
        .replace("很好,真的很好", "很好")
        .replace(",9,", ",5,")
    )
    again = await take_in(shops, mended)
    assert (again.added, again.bad) == (4, 0)
    shown = (await shops.read(reviews.reviews, reviews.Which())).reviews
    assert "…0123" in {one.order_id for one in shown}
