"""A file comes in once, whole, and says what it left out."""

import asyncio

import pytest

from diji import reviews
from diji.foundation import Conflict, Invalid, NotFound, Store
from diji.reviews import ImportState, Which, actions, importing
from diji.reviews.sheets import stage
from diji.understanding import ReviewReading
from tests.reviews.make import FILE, HEAD, NOW, SHOP, read_quickly, take_in


def files_in(store: Store) -> set[str]:
    folder = store.files / "review_imports"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


async def test_a_file_is_imported_and_counted(shops: Store) -> None:
    view = await take_in(shops, FILE)
    assert (view.state, view.added, view.bad) == (ImportState.FINISHED, 4, 0)
    tally = (await shops.read(reviews.totals, Which())).now
    assert (tally.good, tally.neutral, tally.bad, tally.open, tally.stars) == (2, 1, 1, 1, 3.25)


async def test_nothing_is_imported_before_somebody_confirms(shops: Store) -> None:
    view = await reviews.propose_import(
        shops, FILE.encode(), file_name="a.csv", shop_id=SHOP, now=NOW
    )
    assert view.mapping["text"] == 5
    assert (await shops.read(reviews.totals, Which())).now.count == 0


async def test_the_same_file_again_adds_nothing(shops: Store) -> None:
    await take_in(shops, FILE)
    again = await take_in(shops, FILE)
    assert (again.added, again.duplicates) == (0, 4)


async def test_a_row_twice_in_a_file_counts_once(shops: Store) -> None:
    view = await take_in(shops, FILE + "\n" + FILE.split("\n")[2])
    assert (view.added, view.duplicates) == (4, 1)


async def test_two_shops_may_have_the_same_review(shops: Store) -> None:
    await take_in(shops, FILE)
    assert (await take_in(shops, FILE, shop="jd")).added == 4


async def test_bad_rows_come_back_with_their_reasons_and_can_be_sent_again(shops: Store) -> None:
    view = await take_in(
        shops, FILE + "\n8841005,P1,面霜,王,9,=SUM(A1),2026-05-01\n,,,,,,\n1,P1,面霜,王,,,"
    )
    assert (view.added, view.bad) == (4, 2)
    content = importing.bad_rows_file(shops, view, form="csv")
    assert content is not None
    shown = content.decode("utf-8-sig")
    assert "第 6 行：评分无法识别：9" in shown
    assert "'=SUM(A1)" in shown
    mended = await take_in(shops, shown.replace(",9,", ",5,"))
    assert (mended.added, mended.remembered) == (1, True)


async def test_the_bad_rows_workbook_can_be_read_again(shops: Store, tmp_path) -> None:
    view = await take_in(shops, FILE + "\n8841005,P1,面霜,王,9,不错,2026-05-01")
    content = importing.bad_rows_file(shops, view, form="xlsx")
    assert content is not None
    assert stage(content, tmp_path / "rows").headers == HEAD.split(",")


async def test_a_corrected_mapping_is_remembered(shops: Store) -> None:
    text = "说明,备注\n质量很好的面霜,看着也不错的样子\n"
    view = await take_in(shops, text, mapping={"text": 1})
    assert view.added == 1
    again = await reviews.propose_import(shops, text.encode(), file_name="b", shop_id=SHOP, now=NOW)
    assert (again.mapping, again.remembered) == ({"text": 1}, True)


async def test_an_import_goes_on_where_a_restart_left_it(shops: Store, monkeypatch) -> None:
    monkeypatch.setattr(importing, "PIECE", 2)
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
    seen: list[str] = []

    def dies_after_two(texts: list[str]) -> list[ReviewReading]:
        if seen:
            raise KeyboardInterrupt
        seen.extend(texts)
        return read_quickly(texts)

    with pytest.raises(KeyboardInterrupt):
        await reviews.carry_on(shops, view.id, read=dies_after_two)
    half = await shops.read(reviews.get_import, view.id)
    assert (half.done, half.state) == (2, ImportState.RUNNING)
    await reviews.carry_on(shops, view.id, read=read_quickly)
    whole = await shops.read(reviews.get_import, view.id)
    assert (whole.done, whole.added, whole.duplicates) == (4, 4, 0)


async def test_a_piece_that_was_stored_is_not_stored_twice(shops: Store) -> None:
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    view = await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
    path = importing.files_of(shops).rows(view.id)
    piece = importing._read_piece(path, view, read_quickly)  # noqa: SLF001
    kept = [await shops.write(actions.write_piece, view.id, piece, now=NOW) for _ in range(2)]
    assert kept == [True, False]


async def test_who_imports_at_once_and_the_durable_work_do_not_disturb_each_other(
    shops: Store,
) -> None:
    bad_row = "\n8841005,P1,面霜,王,9,不错,2026-05-01"
    for _ in range(5):
        view = await reviews.propose_import(
            shops, (FILE + bad_row).encode(), file_name="a", shop_id=SHOP, now=NOW
        )
        await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
        await asyncio.gather(
            *(importing.carry_on(shops, view.id, read=read_quickly) for _ in range(4))
        )
        done = await shops.read(reviews.get_import, view.id)
        assert (done.state, done.bad) == (ImportState.FINISHED, 1)
        assert importing.bad_rows_file(shops, done, form="csv") is not None


async def test_an_import_that_fails_again_and_again_stops_and_can_be_resumed(shops: Store) -> None:
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
    for _ in range(3):
        await shops.write(actions.note_failure, view.id, "导入中断", now=NOW)
    failed = await shops.read(reviews.get_import, view.id)
    assert (failed.state, failed.error) == (ImportState.FAILED, "导入中断")
    await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
    assert await reviews.carry_on(shops, view.id, read=read_quickly) is ImportState.FINISHED


async def test_what_buyers_wrote_does_not_stay_in_the_folder(shops: Store) -> None:
    view = await take_in(shops, FILE)
    assert not importing.files_of(shops).rows(view.id).exists()


async def test_a_label_is_kept_to_compare_and_never_counts(shops: Store) -> None:
    await take_in(shops, "label\tcat\ttext\n0\t书\t很好的一本书\n1\t书\t质量太差了吧\n")
    tally = (await shops.read(reviews.totals, Which())).now
    assert (tally.by_machine, tally.labelled, tally.agree, tally.undated) == (2, 2, 0, 2)


@pytest.mark.parametrize(
    "mapping", [{}, {"text": 99}, {"text": -1}, {"words": 1}, {"text": 1, "product": 1}]
)
async def test_a_mapping_that_makes_no_sense_is_refused(
    shops: Store, mapping: dict[str, int]
) -> None:
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    with pytest.raises(Invalid):
        await reviews.confirm_import(shops, view.id, mapping, now=NOW)


async def test_what_a_person_says_of_the_columns_wins_where_nothing_was_recognised(
    shops: Store,
) -> None:
    strange = "a,b\n1,2\n3,好\n"
    with pytest.raises(Invalid, match="holds"):
        await take_in(shops, strange)
    assert (await take_in(shops, strange, mapping={"text": 1})).added == 2


async def test_an_unknown_shop_is_refused(shops: Store) -> None:
    before = files_in(shops)
    with pytest.raises(NotFound):
        await take_in(shops, FILE, shop="nobody")
    assert files_in(shops) == before


async def test_a_running_import_takes_no_other_mapping(shops: Store) -> None:
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)
    with pytest.raises(Conflict):
        await reviews.confirm_import(shops, view.id, {"text": 5}, now=NOW)
