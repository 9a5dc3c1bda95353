"""The way of a parcel: stations in order, hours that pass between them, and words as couriers write them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from diji.commerce import ParcelState

from .hours import morning_of, next_day

COURIERS = {
    "迅达快递": "XD",
    "安捷速运": "AJ",
    "云栈速递": "YZ",
    "青禾快递": "QH",
    "南岭快运": "NL",
}
_SIGNED = (
    "快件已签收，签收人：本人",
    "快件已签收，签收人：家人",
    "快件已投递至小区驿站，请凭取件码领取",
    "快件已投递至快递柜，收件人已取出",
    "快件已签收，签收人：前台代收",
)
_STUCK = (
    "受天气影响，快件在【{place}】暂缓中转",
    "快件到达【{place}】",
    "快件在【{place}】等待中转",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A scan: how long after the one before, where, and in which words."""

    after: timedelta
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A scan with its time."""

    at: datetime
    place: str
    words: str


def legs(dice: random.Random, stations: tuple[str, ...], courier: str) -> list[Step]:
    """All scans from the warehouse to the last station before the door."""
    steps = [Step(timedelta(), stations[0], f"{courier}已在【{stations[0]}】揽收")]
    for here, there in pairwise(stations):
        leave = timedelta(hours=dice.uniform(1.5, 6))
        ride = dice.uniform(1, 4) if here[:2] == there[:2] else dice.uniform(9, 22)
        steps.append(Step(leave, here, f"快件离开【{here}】，发往【{there}】"))
        steps.append(Step(timedelta(hours=ride), there, f"快件到达【{there}】"))
    return steps


def ending_at(steps: list[Step], end: datetime) -> list[Seen]:
    """The scans with times, the last of them at `end`."""
    found = []
    for step in reversed(steps):
        found.append(Seen(end, step.place, step.words))
        end -= step.after
    return found[::-1]


def under_way(
    dice: random.Random, stations: tuple[str, ...], courier: str, state: ParcelState, born: datetime
) -> list[Seen]:
    """A parcel that is on its way now, seen last when its state makes plausible."""
    steps = legs(dice, stations, courier)
    if state is ParcelState.COLLECTED:
        return ending_at(steps[:1], born - timedelta(hours=dice.uniform(0.3, 7)))
    if state is ParcelState.DELIVERING:
        return out_for_delivery(dice, steps, morning_of(born, dice))
    cut = steps[: dice.randrange(2, max(3, len(steps)))]
    if state is ParcelState.MOVING:
        return ending_at(cut, born - timedelta(hours=dice.uniform(0.5, 14)))
    place = cut[-1].place
    cut[-1] = Step(cut[-1].after, place, dice.choice(_STUCK).format(place=place))
    return ending_at(cut, born - timedelta(hours=dice.uniform(40, 118)))


def out_for_delivery(dice: random.Random, steps: list[Step], morning: datetime) -> list[Seen]:
    track = ending_at(steps, morning - timedelta(hours=dice.uniform(1, 8)))
    place = steps[-1].place
    return [*track, Seen(morning, place, f"【{place}】的快递员正在为您派件，请保持电话畅通")]


def delivered(
    dice: random.Random, stations: tuple[str, ...], courier: str, morning: datetime
) -> list[Seen]:
    """The whole way, signed for on the day of `morning`."""
    track = out_for_delivery(dice, legs(dice, stations, courier), morning)
    signed_at = morning + timedelta(hours=dice.uniform(1.2, 9))
    return [*track, Seen(signed_at, stations[-1], dice.choice(_SIGNED))]


def refused(
    dice: random.Random, stations: tuple[str, ...], courier: str, morning: datetime
) -> list[Seen]:
    """The whole way to the door and back to the warehouse."""
    track = out_for_delivery(dice, legs(dice, stations, courier), morning)
    back = next_day(morning, dice, days=dice.randrange(2, 5))
    turned = morning + timedelta(hours=dice.uniform(2, 7))
    return [
        *track,
        Seen(turned, stations[-1], "收件人拒收，快件将退回寄件地"),
        Seen(back, stations[0], f"退回件已由【{stations[0]}】签收"),
    ]


def parcel_row(
    parcel_id: str, shop_id: str, order_id: str, courier: str, state: ParcelState, track: list[Seen],
    dice: random.Random,
) -> dict[str, Any]:  # fmt: skip
    """A parcel as the commerce room keeps it."""
    points = [{"at": s.at.isoformat(), "place": s.place, "words": s.words} for s in track]
    number = f"{COURIERS[courier]}{dice.randrange(10**12, 10**13)}"
    values = {"courier": courier, "tracking": number, "state": state.value, "track": points}
    return {"id": parcel_id, "shop_id": shop_id, "order_id": order_id, **values}
