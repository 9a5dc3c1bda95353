"""An import that went to the wrong shop is taken back, whole, and the board forgets it."""

from typing import Any

import pytest
from sqlalchemy import func
from sqlalchemy.orm import Session

from diji import reviews
from diji.foundation import Conflict, Store, own
from diji.reviews import ImportState, Which, importing, undoing
from diji.reviews.models import ReviewAspect, ReviewIssue
from tests.make import Shop, eventually
from tests.reviews.make import FILE, NOW, SHOP, take_in
from tests.reviews.test_api import imported


async def taken_back(store: Store, import_id: str) -> ImportState:
    await reviews.undo_import(store, import_id, now=NOW)
    return await reviews.undo_all(store, import_id)


def readings_left(session: Session) -> int:
    kept = (ReviewAspect.review_id, ReviewIssue.review_id)
    return sum(session.scalar(own(session, func.count(one))) or 0 for one in kept)


async def test_an_import_taken_back_leaves_nothing(shops: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(undoing, "PIECE", 3)
    view = await take_in(shops, f"{FILE}\n1,P1,面霜,王,9,不错,2026-05-01")
    assert await taken_back(shops, view.id) is ImportState.UNDONE
    assert (await shops.read(reviews.totals, Which())).now.count == 0
    assert await shops.read(readings_left) == 0
    assert not importing.files_of(shops).bad(view.id).exists()


async def test_other_imports_stay_and_the_file_can_come_in_again(shops: Store) -> None:
    first = await take_in(shops, FILE)
    other = await take_in(shops, FILE, shop="jd")
    await taken_back(shops, first.id)
    assert (await shops.read(reviews.totals, Which())).now.count == other.added
    assert (await take_in(shops, FILE)).added == 4


async def test_taken_back_twice_is_taken_back_once_and_cannot_go_on(shops: Store) -> None:
    view = await take_in(shops, FILE)
    for _ in range(2):
        assert await taken_back(shops, view.id) is ImportState.UNDONE
    with pytest.raises(Conflict):
        await reviews.confirm_import(shops, view.id, view.mapping, now=NOW)


async def test_what_was_not_imported_cannot_be_taken_back(shops: Store) -> None:
    view = await reviews.propose_import(shops, FILE.encode(), file_name="a", shop_id=SHOP, now=NOW)
    with pytest.raises(Conflict):
        await reviews.undo_import(shops, view.id, now=NOW)


async def test_the_board_changes_and_the_ledger_tells(shop: Shop) -> None:
    lead = await shop.signed_in("lao_zhang")
    sent = await imported(lead, FILE.encode())
    where = f"/api/reviews/imports/{sent['id']}"
    agent = await shop.signed_in("xiaoli")
    assert (await agent.post(f"{where}/undo")).status_code == 403
    assert (await lead.post(f"{where}/undo")).json()["state"] in {"undoing", "undone"}

    async def undone() -> bool:
        return bool((await lead.get(where)).json()["state"] == "undone")

    assert await eventually(undone)
    assert (await lead.get("/api/reviews/totals")).json()["now"]["count"] == 0
