"""`diji reviews import`, through a running Diji and without one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Call
from tests.cli.make import Said, furnish, serving

Import = Callable[..., Said]

ROWS = """订单编号,商品名称,评价星级,评价内容,评价时间
8841001,修护面霜,5,很好用物流快,2026-05-01 10:00:00
8841002,修护面霜,1,质量太差,2026-05-02 10:00:00
8841003,洁面乳,3,,2026-05-03 10:00:00
8841004,洁面乳,9,包装不错,哪天
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "评价.csv").write_bytes(ROWS.encode("gbk"))
    (folder / "unknown.csv").write_text("a,b\n1,好\n2,差\n")
    (folder / "odd.tsv").write_text("内容\t说的话\t乙\n无\t很好\t5\n无\t太差\t1\n")
    return folder


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """One that is served, and one that is not."""
    folder = tmp_path_factory.mktemp("homes")
    found = {"served": folder / "served", "closed": folder / "closed"}
    for home in found.values():
        furnish(home)
    with serving(found["served"]):
        yield found


@pytest.fixture
def importing(diji: Call) -> Callable[..., Said]:
    def call(home: Path, file: Path, *more: object, shop: str = "tmall") -> Said:
        return diji("reviews", "import", file, "--shop", shop, *more, home=home)

    return call


def test_a_gbk_file_comes_in_the_same_way_through_a_running_diji_and_without_one(
    importing: Import, homes: dict[str, Path], files: Path, tmp_path: Path
) -> None:
    said = {
        name: importing(home, files / "评价.csv", "--bad-rows", tmp_path / f"{name}.xlsx")
        for name, home in homes.items()
    }
    assert {one.code for one in said.values()} == {0}, said
    shown = {one.out.replace(f"{name}.xlsx", "") for name, one in said.items()}
    first_lines = {text.rsplit("\n", 2)[0] for text in shown}
    assert len(first_lines) == 1, "the same words"
    (text,) = first_lines
    assert "text         ← 评价内容" in text
    assert "rating       ← 评价星级" in text
    assert "重复 / duplicates 0" in text
    left_out = [CalamineWorkbook.from_path(str(tmp_path / f"{n}.xlsx")) for n in homes]
    rows = [book.get_sheet_by_index(0).to_python() for book in left_out]
    assert rows[0] == rows[1]
    assert "未导入原因" in map(str, rows[0][0])
    assert 2 <= len(rows[0]) <= 3


def test_the_same_file_again_is_all_duplicates_and_its_columns_are_remembered(
    importing: Import, homes: dict[str, Path], files: Path
) -> None:
    importing(homes["served"], files / "评价.csv")
    again = importing(homes["served"], files / "评价.csv")
    assert "新增 / added 0" in again.out
    assert "as last time" in again.out


def test_a_column_can_be_named(importing: Import, homes: dict[str, Path], files: Path) -> None:
    said = importing(
        homes["served"], files / "odd.tsv", "--map", "text=说的话", "--map", "rating=乙"
    )
    assert said.code == 0, said.err
    assert "text         ← 说的话" in said.out
    assert "新增 / added 2" in said.out
    wrong = importing(homes["served"], files / "odd.tsv", "--map", "text=没有的列")
    assert wrong.code == 1
    assert "没有的列" in wrong.err
    assert "说的话" in wrong.err


def test_a_named_column_wins_where_none_was_recognised(
    importing: Import, homes: dict[str, Path], files: Path
) -> None:
    asked = importing(homes["served"], files / "unknown.csv")
    assert asked.code == 1
    assert "--map text=" in asked.err
    said = importing(homes["served"], files / "unknown.csv", "--map", "text=b")
    assert said.code == 0, said.err
    assert "新增 / added 2" in said.out


@pytest.mark.parametrize("name", ["served", "closed"])
def test_an_unknown_shop_is_refused(
    importing: Import, homes: dict[str, Path], files: Path, name: str
) -> None:
    said = importing(homes[name], files / "评价.csv", shop="nowhere")
    assert said.code == 1
    assert "Traceback" not in said.err
    assert "店铺" in said.err


def test_a_missing_file_a_wrong_file_and_a_missing_home_are_refused(
    importing: Import, homes: dict[str, Path], files: Path, tmp_path: Path
) -> None:
    assert "gone.csv" in importing(homes["served"], tmp_path / "gone.csv").err
    (tmp_path / "x.xlsx").write_bytes(b"\x00\x01\x02" * 500)
    wrong = importing(homes["served"], tmp_path / "x.xlsx")
    assert wrong.code == 1
    assert "Traceback" not in wrong.err
    nowhere = importing(tmp_path / "nowhere", files / "评价.csv")
    assert nowhere.code == 1
    assert "diji serve" in nowhere.err
    assert not (tmp_path / "nowhere").exists()
