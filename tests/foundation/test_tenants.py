"""Every statement is bound to one tenant, and to the shops that its actor may see."""

from typing import Any

import pytest
from sqlalchemy import func, true
from sqlalchemy.orm import Session

from diji.foundation import (
    Actor,
    NotFound,
    Store,
    Warehouse,
    add_many,
    add_new,
    own,
    own_delete,
    own_insert,
    own_update,
    run,
)
from diji.team.models import MemberShop, Shop

LI = Actor("member", "xiaoli", "agent", frozenset({"tmall"}))


@pytest.fixture
def neighbour(warehouse: Warehouse, tenant_id: str) -> Store:
    """Another company in the same database, with the same ids."""
    return warehouse.of(tenant_id[:31] + "x")


def put(session: Session, name: str, shop_id: str) -> None:
    values = {"platform": "tmall", "widget_key": "k", "colour": "#000"}
    run(session, own_insert(session, Shop, shop_id=shop_id, name=name, **values))


def shop_names(session: Session) -> list[str]:
    return list(session.scalars(own(session, Shop.name).order_by(Shop.name)))


def rename(session: Session, name: str) -> int:
    return run(session, own_update(session, Shop).values(name=name)).rowcount


def drop_all(session: Session) -> int:
    return run(session, own_delete(session, Shop)).rowcount


async def open_two(store: Store, neighbour: Store) -> None:
    await store.write(put, "岚里天猫店", "tmall")
    await store.write(put, "岚里京东店", "jd")
    await neighbour.write(put, "别家天猫店", "tmall")


async def test_another_companys_rows_are_never_seen(store: Store, neighbour: Store) -> None:
    await open_two(store, neighbour)
    assert await store.read(shop_names) == ["岚里京东店", "岚里天猫店"]
    assert await neighbour.read(shop_names) == ["别家天猫店"]


async def test_another_companys_rows_are_never_changed(store: Store, neighbour: Store) -> None:
    await open_two(store, neighbour)
    assert await store.write(rename, "改名") == 2
    assert await neighbour.read(shop_names) == ["别家天猫店"]


async def test_another_companys_rows_are_never_deleted(store: Store, neighbour: Store) -> None:
    await open_two(store, neighbour)
    assert await store.write(drop_all) == 2
    assert await neighbour.read(shop_names) == ["别家天猫店"]


async def test_a_member_sees_changes_and_deletes_only_in_their_own_shops(
    store: Store, neighbour: Store
) -> None:
    await open_two(store, neighbour)
    li = store.of(LI)
    assert await li.read(shop_names) == ["岚里天猫店"]
    assert await li.write(rename, "改名") == 1
    assert await li.write(drop_all) == 1
    assert await store.read(shop_names) == ["岚里京东店"]


async def test_a_member_puts_nothing_into_another_shop(store: Store) -> None:
    def sly(session: Session, how: str) -> Any:
        row = {"member_id": "xiaoli", "shop_id": "jd"}
        if how == "one":
            return add_new(session, MemberShop, **row)
        return add_many(session, MemberShop, [row])

    for how in ("one", "many"):
        with pytest.raises(NotFound):
            await store.of(LI).write(sly, how)
    with pytest.raises(NotFound):
        await store.of(LI).write(put, "小李的私店", "jd")


async def test_a_member_without_any_shop_sees_none(store: Store, neighbour: Store) -> None:
    await open_two(store, neighbour)
    nobody = Actor("member", "luren", "agent", frozenset())
    assert await store.of(nobody).read(shop_names) == []


async def test_an_aggregate_counts_only_our_own_rows(store: Store, neighbour: Store) -> None:
    await open_two(store, neighbour)

    def count(session: Session) -> int:
        return int(session.execute(own(session, func.count(Shop.shop_id))).scalar_one())

    assert (await store.read(count), await neighbour.read(count)) == (2, 1)


async def test_a_statement_that_names_no_table_is_refused_rather_than_unbound(
    store: Store,
) -> None:
    for loose in (func.count(), true()):
        with pytest.raises(TypeError, match="own"):
            await store.read(own, loose)


async def test_a_key_that_a_neighbour_uses_is_still_free_for_us(
    store: Store, neighbour: Store
) -> None:
    def add(session: Session) -> bool:
        return add_new(session, MemberShop, member_id="xiaoli", shop_id="tmall")

    assert await neighbour.write(add)
    assert await store.write(add)
    assert not await store.write(add), "the second time the key is taken"


async def test_many_rows_at_once_are_ours_whatever_they_claim_and_keys_that_are_taken_stay(
    store: Store, neighbour: Store
) -> None:
    stamp = {"tenant_id": neighbour.tenant_id, "shop_id": "tmall"}
    rows = [{"member_id": f"m{i}", **stamp} for i in range(450)]

    def add(session: Session) -> int:
        return add_many(session, MemberShop, rows)

    def count(session: Session) -> int:
        return int(session.execute(own(session, func.count(MemberShop.member_id))).scalar_one())

    assert await store.write(add) == 450
    assert await store.write(add) == 0
    assert (await store.read(count), await neighbour.read(count)) == (450, 0)
