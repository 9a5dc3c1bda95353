"""What is planned fits together: orders with parcels, buyers with orders, reviews with their time."""

import csv
import io
import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from diji.commerce import OrderState, ParcelState
from diji.demo import opinions, orders, world
from diji.demo.buyers import deck, drawn, opening
from diji.demo.cast import SHOPS, consumers
from tests.demo.make import BORN

PLAN = orders.plan(BORN)
LOOKS = {"tmall": r"4\d{18}", "jd": r"3\d{11}", "douyin": r"6\d{18}", "pdd": r"\d{6}-\d{15}"}


def test_there_are_1500_orders_in_every_state() -> None:
    assert len({b.order["id"] for b in PLAN}) == orders.ORDERS == 1500
    assert {b.order["state"] for b in PLAN} == set(OrderState)
    assert {p["state"] for b in PLAN for p in b.parcels} == set(ParcelState)
    assert len({a["state"] for b in PLAN for a in b.after_sales}) >= 5


def test_everything_about_an_order_happens_in_its_turn_and_before_now() -> None:
    for bundle in PLAN:
        order = bundle.order
        moments = [order[m] for m in ("placed_at", "paid_at", "shipped_at", "signed_at")]
        known = [at for at in moments if at]
        assert known == sorted(known)
        for parcel in bundle.parcels:
            seen = [datetime.fromisoformat(point["at"]) for point in parcel["track"]]
            assert seen == sorted(seen)
            known.append(seen[-1])
        assert max(known) <= BORN
        assert all(order["placed_at"] <= a["opened_at"] <= BORN for a in bundle.after_sales)


def test_a_stuck_parcel_has_not_been_seen_for_a_day_and_a_half() -> None:
    stuck = [p for b in PLAN for p in b.parcels if p["state"] == ParcelState.STUCK]
    last = [datetime.fromisoformat(p["track"][-1]["at"]) for p in stuck]
    assert stuck
    assert all(BORN - at > timedelta(hours=36) for at in last)


def test_orders_are_numbered_as_each_platform_does_and_addresses_are_masked() -> None:
    assert all(re.fullmatch(LOOKS[b.order["shop_id"]], b.order["id"]) for b in PLAN)
    assert all(b.order["address"].endswith("***") for b in PLAN)


def test_the_newest_order_of_every_buyer_fits_the_words() -> None:
    newest: dict[str, orders.Bundle] = {}
    for bundle in sorted(PLAN, key=lambda b: b.order["placed_at"]):
        if bundle.order["state"] != OrderState.CLOSED:
            newest[bundle.order["consumer_id"]] = bundle
    fitting = {"order": "paid", "shipped_order": "shipped", "delivered_order": "signed"}
    for consumer in consumers():
        buyer = world.buyers()[consumer.buyer] if consumer.buyer is not None else None
        if buyer and buyer.needs != "none":
            order = newest[consumer.id].order
            assert order["state"] == fitting[buyer.needs]
            assert buyer.product in {None, order["lines"][0]["product"]}


def test_everybody_has_bought_something() -> None:
    assert {b.order["consumer_id"] for b in PLAN} == {c.id for c in consumers()}


def test_consumers_are_spread_over_all_shops() -> None:
    spread = Counter(c.shop for c in consumers())
    assert spread == {shop.id: shop.consumers for shop in SHOPS}
    assert spread.total() == 300


def test_no_buyer_comes_twice_before_all_have_come() -> None:
    waiting = {c.buyer for c in opening()}
    first = [drawn(place)[1] for place in range(100 - len(waiting))]
    assert len(set(first)) == len(first)
    assert set(first) | waiting == set(range(100))
    assert drawn(len(first)) == (1, deck(1)[0])


@pytest.mark.parametrize("product", sorted(opinions.GROWING))
def test_a_growing_defect_is_new(product: str) -> None:
    files = opinions.as_files(BORN).values()
    found = [r for f in files for r in csv.DictReader(io.StringIO(f.decode()))]
    day = (BORN - timedelta(days=21)).strftime("%Y-%m-%d")
    bad = [r["评价时间"] for r in found if r["商品编码"] == product and int(r["评价星级"]) <= 3]
    assert sum(at > day for at in bad) >= 0.6 * len(bad)
    assert len(bad) >= 8


def test_reviews_lie_in_the_last_four_months() -> None:
    files = opinions.as_files(BORN).values()
    found = [r for f in files for r in csv.DictReader(io.StringIO(f.decode()))]
    days = {r["评价时间"][:10] for r in found}
    assert len(found) == 3000
    assert len(days) > 110
    assert max(days) <= "2026-11-23"
    assert min(days) >= "2026-07-26"
