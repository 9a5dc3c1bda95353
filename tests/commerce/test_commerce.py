"""Goods, orders and parcels: as the shop's systems tell them, seen by their own shop."""

from datetime import timedelta
from typing import Any

import pytest

from diji import commerce
from diji.commerce import STUCK_AFTER, ParcelState, is_stuck, yuan
from diji.events import OrderChanged
from diji.foundation import Actor, NotFound, Store, events_after
from tests.make import OTHER_SHOP, SHOP, now


def order(
    number: str = "O-1", state: str = "paid", days_ago: int = 1, **more: Any
) -> dict[str, Any]:
    placed = now() - timedelta(days=days_ago)
    line = {"product": "coat", "sku": "M", "name": "羽绒服", "quantity": 1, "price": 29900}
    row = {"id": number, "shop_id": SHOP, "consumer_id": "wang", "state": state, "total": 29900}
    times = {"placed_at": placed, "paid_at": placed, "shipped_at": None, "signed_at": None}
    return {**row, **times, "lines": [line], "address": "浙江 ***", **more}


def product(code: str, name: str) -> dict[str, Any]:
    empty = ("selling_points", "good_for", "not_for", "pairs_with", "skus")
    lists: dict[str, Any] = {name: [] for name in empty}
    row = {"code": code, "name": name, "category": "clothes", "kind": "外套", "attributes": {}}
    return {**row, "price": 29900, "list_price": 39900, **lists}


async def test_an_order_told_twice_is_kept_and_heard_once(store: Store) -> None:
    assert await store.write(commerce.keep_orders, [order()]) == 1
    assert await store.write(commerce.keep_orders, [order()]) == 0
    heard = [r.event for r in await store.read(events_after, 0)]
    assert sum(isinstance(e, OrderChanged) for e in heard) == 1


async def test_an_order_that_was_known_is_not_told_again_beside_a_new_one(store: Store) -> None:
    await store.write(commerce.keep_orders, [order("O-1")])
    await store.write(commerce.keep_orders, [order("O-1"), order("O-2")])
    heard = [r.event for r in await store.read(events_after, 0)]
    told = [e.order_id for e in heard if isinstance(e, OrderChanged)]
    assert told == ["O-1", "O-2"]


async def test_a_consumers_newest_order_comes_first_with_its_parcels(store: Store) -> None:
    await store.write(commerce.keep_orders, [order("old", days_ago=9), order("new")])
    parcel = {"id": "P-1", "shop_id": SHOP, "order_id": "new", "courier": "中通"}
    seen = {"tracking": "ZT1", "state": "moving", "track": []}
    await store.write(commerce.keep_parcels, [{**parcel, **seen}])
    found = await store.read(commerce.orders_of, "wang")
    assert [o.id for o in found] == ["new", "old"]
    assert [p.state for p in found[0].parcels] == [ParcelState.MOVING]


async def test_spending_counts_what_was_paid_and_not_cancelled(store: Store) -> None:
    rows = [order("1"), order("2", "unpaid", paid_at=None), order("3", "closed")]
    await store.write(commerce.keep_orders, rows)
    assert await store.read(commerce.spending_of, "wang") == (1, 29900)


async def test_another_shop_sees_no_order(store: Store) -> None:
    await store.write(commerce.keep_orders, [order()])
    stranger = store.of(Actor("member", "luren", "agent", frozenset({OTHER_SHOP})))
    assert await stranger.read(commerce.orders_of, "wang") == []
    with pytest.raises(NotFound):
        await stranger.read(commerce.get_order, "O-1")


async def test_goods_are_found_by_every_word_or_their_code(store: Store) -> None:
    goods = [product("coat-1", "长款羽绒服 黑"), product("coat-2", "短款羽绒服 100%绒")]
    await store.write(commerce.keep_products, goods)

    async def found(words: str) -> list[str]:
        return [p.code for p in await store.read(commerce.products, words=words)]

    assert await found("羽绒服 黑") == ["coat-1"]
    assert await found("coat-2") == ["coat-2"]
    assert await found("%") == ["coat-2"]
    assert await found("没有") == []


def test_a_parcel_nobody_has_scanned_for_a_day_and_a_half_is_stuck() -> None:
    moment = now()
    assert is_stuck(ParcelState.MOVING, moment - STUCK_AFTER * 1.01, now=moment)
    assert not is_stuck(ParcelState.MOVING, moment - STUCK_AFTER, now=moment)
    assert not is_stuck(ParcelState.SIGNED, moment - STUCK_AFTER * 9, now=moment)


@pytest.mark.parametrize(("fen", "said"), [(9900, "99"), (9950, "99.50"), (5, "0.05"), (0, "0")])
def test_money_is_said_as_a_shopkeeper_says_it(fen: int, said: str) -> None:
    assert yuan(fen) == said
