"""What buyers wrote stays in the folder as long as somebody may still need it: seven days, no longer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from diji import reviews
from diji.foundation import NotFound, Store, own_update, run
from diji.reviews import ImportState, ImportView, actions, importing
from diji.reviews.models import ReviewImport
from diji.reviews.reactions import forget_files
from tests.make import Shop
from tests.reviews.make import FILE, SHOP, take_in

BAD_ROW = "\n8841005,P1,面霜,王,9,不错,2026-05-01"
A_WEEK = timedelta(days=7)


def files_of(store: Store, view: ImportView) -> set[str]:
    folder = store.files / "review_imports"
    return {path.suffix for path in folder.iterdir() if path.stem == view.id}


async def grow_old(store: Store, view: ImportView, age: timedelta) -> None:
    """As if everything about this import had happened so long ago."""
    then = datetime.now(UTC) - age

    def grown(session: Session) -> None:
        this = own_update(session, ReviewImport).where(ReviewImport.id == view.id)
        run(session, this.values(created_at=then))
        run(session, this.where(ReviewImport.finished_at.is_not(None)).values(finished_at=then))

    await store.write(grown)


async def proposed(store: Store) -> ImportView:
    return await reviews.propose_import(
        store, FILE.encode(), file_name="a", shop_id=SHOP, now=datetime.now(UTC)
    )


async def running(store: Store) -> ImportView:
    view = await proposed(store)
    return await reviews.confirm_import(store, view.id, view.mapping, now=datetime.now(UTC))


async def failed(store: Store) -> ImportView:
    view = await running(store)
    for _ in range(actions.MOST_FAILURES):
        await store.write(actions.note_failure, view.id, "导入中断", now=datetime.now(UTC))
    return await store.read(reviews.get_import, view.id)


async def with_bad_rows(store: Store) -> ImportView:
    return await take_in(store, FILE + BAD_ROW)


@pytest.mark.parametrize(
    ("make", "kept"), [(proposed, {".rows"}), (failed, {".rows"}), (with_bad_rows, {".bad"})]
)
async def test_files_that_nobody_wants_any_more_go_after_a_week(
    shops: Store, make: Any, kept: set[str]
) -> None:
    view = await make(shops)
    await grow_old(shops, view, A_WEEK - timedelta(minutes=1))
    await forget_files(shops)
    assert files_of(shops, view) == kept
    await grow_old(shops, view, A_WEEK + timedelta(minutes=1))
    await forget_files(shops)
    assert files_of(shops, view) == set()


async def test_an_import_at_work_keeps_its_rows_however_long_it_takes(shops: Store) -> None:
    view = await running(shops)
    await grow_old(shops, view, 2 * A_WEEK)
    await forget_files(shops)
    assert files_of(shops, view) == {".rows"}


async def test_the_week_of_bad_rows_begins_when_the_import_ends(shops: Store) -> None:
    view = await with_bad_rows(shops)  # of a file from long ago, as `NOW` says
    assert view.created_at < datetime.now(UTC) - A_WEEK
    await forget_files(shops)
    assert files_of(shops, view) == {".bad"}


async def test_what_a_crash_left_behind_goes_too(shops: Store) -> None:
    view = await take_in(shops, FILE)
    files = importing.files_of(shops)
    files.rows(view.id).write_text("质量太差")  # died between the last commit and the clearing up
    files.bad(view.id).with_suffix(".new").write_text("质量太差")
    await grow_old(shops, view, A_WEEK + timedelta(minutes=1))
    await forget_files(shops)
    assert files_of(shops, view) == set()


async def test_a_house_without_imports_has_nothing_to_forget(store: Store) -> None:
    await forget_files(store)


async def test_rows_that_are_gone_are_said_to_be_gone(shops: Store) -> None:
    view = await with_bad_rows(shops)
    importing.files_of(shops).drop([view.id])
    with pytest.raises(NotFound, match="kept for 7 days") as refused:
        importing.bad_rows_file(shops, view, form="csv")
    assert "保留 7 天" in refused.value.zh
    whole = await take_in(shops, FILE)
    assert importing.bad_rows_file(shops, whole, form="csv") is None


async def test_the_screen_is_told_that_bad_rows_are_kept_for_seven_days(shop: Shop) -> None:
    view = await with_bad_rows(shop.store)
    await grow_old(shop.store, view, A_WEEK + timedelta(minutes=1))
    await forget_files(shop.store)
    lead = await shop.signed_in("lao_zhang")
    answer = await lead.get(f"/api/reviews/imports/{view.id}/bad-rows")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "7" in answer.json()["message"]


async def test_a_failed_import_whose_file_is_gone_says_so_when_resumed(shops: Store) -> None:
    view = await failed(shops)
    await grow_old(shops, view, A_WEEK + timedelta(minutes=1))
    await forget_files(shops)
    await reviews.confirm_import(shops, view.id, view.mapping, now=datetime.now(UTC))
    assert await reviews.carry_on(shops, view.id) is ImportState.FAILED
    assert "重新上传" in str((await shops.read(reviews.get_import, view.id)).error)
