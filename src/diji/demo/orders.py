"""1,500 orders in every state, so that each buyer's words have an order that they fit."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from diji.commerce import OrderState, ParcelState

from . import journeys, world
from .cast import Consumer, consumers
from .chance import chance
from .grievances import after_sale
from .hours import DAY, morning_of, on_day

ORDERS = 1500
# What happened to an order, and how often beside those that buyers and guests speak of; the rest is done.
_SHARES = {
    "unpaid": 26, "paid": 70, "overdue": 8, "collected": 40, "moving": 120, "stuck": 22,
    "delivering": 34, "signed": 190, "cancelled": 46, "refused": 14, "refunded": 30,
}  # fmt: skip
_PAST = frozenset({"cancelled", "refused", "refunded", "done"})
GUESTS_HAVE = (("moving", "done"), ("stuck", "signed"), ("signed", "paid"))
_UNDER_WAY = {
    "collected": ParcelState.COLLECTED,
    "moving": ParcelState.MOVING,
    "stuck": ParcelState.STUCK,
    "delivering": ParcelState.DELIVERING,
}
_FREE_FROM, _POSTAGE = 5900, 800  # BR-A04: 拼多多 ships everything free
_LATE = re.compile(r"没发|不发|还没|催|几天|怎么还|什么时候能?发")
_STILL = re.compile(r"停|没动|不动|卡|丢|没更新|几天|还不到|没到")
_AT_THE_DOOR = re.compile(r"派送|派件|驿站|送上门|快递员")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order that is to exist: whose, of what, and what happened to it."""

    number: int
    consumer: Consumer
    what: str
    product: str | None = None


@dataclass(slots=True)
class Bundle:
    """An order with all that hangs on it, as the commerce room keeps them."""

    order: dict[str, Any]
    parcels: list[dict[str, Any]] = field(default_factory=list)
    after_sales: list[dict[str, Any]] = field(default_factory=list)


@lru_cache(maxsize=2)
def plan(born: datetime) -> tuple[Bundle, ...]:
    """All orders, as they stand at `born`."""
    return tuple(_bundle(wanted, born) for wanted in wishes())


@lru_cache(maxsize=1)
def wishes() -> tuple[Wanted, ...]:
    """Which orders there must be: the buyers' and guests' first, then everybody's."""
    special = [*_of_buyers(), *_of_guests()]
    rest = [what for what, count in _SHARES.items() for _ in range(count)]
    rest += ["done"] * (ORDERS - len(special) - len(rest))
    dice = chance("wishes")
    dice.shuffle(rest)
    # Whose words speak of one order has no newer one, or the machine would tell of the wrong parcel.
    lively = [c for c in consumers() if not _speaks_of_one(c)]
    free = [c for c in consumers() if c.guest is None]
    for group in (lively, free):
        dice.shuffle(group)
    special += [(owner, what, None) for owner, what in zip(lively, rest, strict=False)]
    special += [
        (_drawn(dice, free if what in _PAST else lively), what, None)
        for what in rest[len(lively) :]
    ]
    return tuple(Wanted(n, *one) for n, one in enumerate(special))


def _speaks_of_one(consumer: Consumer) -> bool:
    if consumer.buyer is None:
        return consumer.guest is not None
    return world.buyers()[consumer.buyer].needs != "none"


def _drawn(dice: random.Random, row: list[Consumer]) -> Consumer:
    """Some buy often: who stands in front is drawn more."""
    return row[int(len(row) * dice.random() ** 1.6)]


def _of_buyers() -> Iterator[tuple[Consumer, str, str | None]]:
    for consumer in consumers():
        if consumer.buyer is not None:
            buyer = world.buyers()[consumer.buyer]
            if buyer.needs != "none":
                yield consumer, _meant(buyer), buyer.product


def _meant(buyer: world.Buyer) -> str:
    said = "".join(buyer.says)
    if buyer.needs == "delivered_order":
        return "signed"
    if buyer.needs == "order":
        return "overdue" if _LATE.search(said) and buyer.mood != "satisfied" else "paid"
    if _AT_THE_DOOR.search(said):
        return "delivering"
    return "stuck" if _STILL.search(said) else "moving"


def _of_guests() -> Iterator[tuple[Consumer, str, str | None]]:
    for consumer in consumers():
        if consumer.guest is not None:
            for what in GUESTS_HAVE[consumer.guest]:
                yield consumer, what, None


def _bundle(wanted: Wanted, born: datetime) -> Bundle:
    dice = chance(f"order:{wanted.number}")
    lines, total = _lines(dice, wanted)
    paid_at, tracks, state = _story(dice, wanted, born, parcels=2 if len(lines) > 2 else 1)  # noqa: PLR2004
    placed_at = paid_at - timedelta(minutes=dice.uniform(0.5, 14))
    unpaid = wanted.what in {"unpaid", "cancelled"}
    firsts, lasts = (
        [t[0].at for _, _, t in tracks],
        [t[-1].at for _, s, t in tracks if s is ParcelState.SIGNED],
    )
    order_id = _order_id(wanted, placed_at, dice)
    bundle = Bundle(
        {
            "id": order_id, "shop_id": wanted.consumer.shop, "consumer_id": wanted.consumer.id,
            "state": state.value, "placed_at": placed_at, "paid_at": None if unpaid else paid_at,
            "shipped_at": min(firsts, default=None), "signed_at": max(lasts, default=None),
            "total": total, "lines": lines, "address": _masked(wanted.consumer.who),
        }
    )  # fmt: skip
    for place, (courier, parcel_state, track) in enumerate(tracks, start=1):
        where = (f"{order_id}-{place}", wanted.consumer.shop, order_id, courier, parcel_state)
        bundle.parcels.append(journeys.parcel_row(*where, track, dice))
    found = after_sale(dice, wanted.what, bundle.order, born)
    bundle.after_sales = [found] if found else []
    return bundle


_Track = tuple[str, ParcelState, list[journeys.Seen]]


def _story(
    dice: random.Random, wanted: Wanted, born: datetime, *, parcels: int
) -> tuple[datetime, list[_Track], OrderState]:
    """When it was paid (or placed), which parcels were seen where, and how the order stands."""
    what = wanted.what
    if what == "unpaid":
        return born - timedelta(hours=dice.uniform(0.2, 20)), [], OrderState.UNPAID
    if what == "paid":
        return born - timedelta(hours=dice.uniform(0.3, 40)), [], OrderState.PAID
    if what == "overdue":
        return born - timedelta(hours=dice.uniform(50, 68)), [], OrderState.PAID
    if what in {"cancelled", "refunded"}:
        return on_day(born, dice.uniform(2, 118), dice), [], OrderState.CLOSED
    tracks = [_track(dice, wanted, born) for _ in range(parcels)]
    paid_at = min(t[0].at for _, _, t in tracks) - timedelta(hours=dice.uniform(2, 44))
    state = {"signed": OrderState.SIGNED, "done": OrderState.DONE, "refused": OrderState.CLOSED}
    return paid_at, tracks, state.get(what, OrderState.SHIPPED)


def _track(dice: random.Random, wanted: Wanted, born: datetime) -> _Track:
    stations = world.routes()[wanted.consumer.who.city]
    courier = dice.choice(sorted(journeys.COURIERS))
    if wanted.what in _UNDER_WAY:
        state = _UNDER_WAY[wanted.what]
        return courier, state, journeys.under_way(dice, stations, courier, state, born)
    if wanted.what == "refused":
        morning = morning_of(born, dice, days_ago=dice.randrange(7, 90))
        return courier, ParcelState.RETURNED, journeys.refused(dice, stations, courier, morning)
    days = dice.randrange(1, 9) if wanted.what == "signed" else dice.randrange(11, 112)
    morning = morning_of(born, dice, days_ago=days)
    return courier, ParcelState.SIGNED, journeys.delivered(dice, stations, courier, morning)


def _lines(dice: random.Random, wanted: Wanted) -> tuple[list[dict[str, Any]], int]:
    goods = world.products()
    codes = [wanted.product or dice.choice(sorted(goods))]
    more = dice.choices((0, 1, 2), (0.68, 0.24, 0.08))[0]
    pairs = goods[codes[0]]["pairs_with"]
    for _ in range(more):
        code = dice.choice(pairs) if pairs and dice.random() < 0.5 else dice.choice(sorted(goods))  # noqa: PLR2004
        if code not in codes:
            codes.append(code)
    lines = [_line(dice, goods[code]) for code in codes]
    total = sum(line["price"] * line["quantity"] for line in lines)
    free = wanted.consumer.shop == "pdd" or total >= _FREE_FROM
    return lines, total if free else total + _POSTAGE


def _line(dice: random.Random, product: dict[str, Any]) -> dict[str, Any]:
    sku = dice.choice([s for s in product["skus"] if s["stock"]] or product["skus"])
    quantity = dice.choices((1, 2, 3), (0.86, 0.11, 0.03))[0]
    name = f"{product['name']} {sku['name']}"
    ids = {"product": product["code"], "sku": sku["code"], "name": name}
    return {**ids, "quantity": quantity, "price": product["price"]}


def _order_id(wanted: Wanted, placed_at: datetime, dice: random.Random) -> str:
    """As each platform numbers its orders; the scrambled count keeps them apart."""
    count = f"{(wanted.number * 7919 + 4321) % 10_000:04d}"
    if wanted.consumer.shop == "jd":
        return f"3{dice.randrange(10**7):07d}{count}"
    if wanted.consumer.shop == "pdd":
        return f"{placed_at + timedelta(hours=8):%y%m%d}-{dice.randrange(10**11):011d}{count}"
    head = "4" if wanted.consumer.shop == "tmall" else "6"
    return f"{head}{dice.randrange(10**14):014d}{count}"


def _masked(who: world.Somebody) -> str:
    place = who.city if who.city == who.province else f"{who.province}{who.city}"
    return f"{place}***"


def bought(born: datetime) -> dict[tuple[str, str], list[tuple[str, datetime]]]:
    """Who bought a product in a shop, and when."""
    found: dict[tuple[str, str], list[tuple[str, datetime]]] = {}
    for bundle in plan(born):
        for line in bundle.order["lines"]:
            key = (bundle.order["shop_id"], line["product"])
            at = bundle.order["placed_at"]
            found.setdefault(key, []).append((bundle.order["consumer_id"], at + DAY))
    return found
