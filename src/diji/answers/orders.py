"""Tells a consumer where their order is, from the order's own facts and nothing else."""

from datetime import datetime, timedelta, timezone

from diji.commerce import OrderState, OrderView, ParcelState, ParcelView, is_stuck

from .rules import Draft, Kind, Source

CHINA = timezone(timedelta(hours=8))

# Which order is meant when nobody says: the one that could be late in the way that is asked about.
_UNDER_WAY = (
    OrderState.SHIPPED,
    OrderState.PAID,
    OrderState.UNPAID,
    OrderState.SIGNED,
    OrderState.DONE,
)
_NOT_SENT = (
    OrderState.PAID,
    OrderState.UNPAID,
    OrderState.SHIPPED,
    OrderState.SIGNED,
    OrderState.DONE,
)
_ARRIVED = (
    OrderState.SIGNED,
    OrderState.SHIPPED,
    OrderState.DONE,
    OrderState.PAID,
    OrderState.UNPAID,
)
_MEANT = {
    "track_parcel": _UNDER_WAY,
    "delivery_delay": _UNDER_WAY,
    "shipping_time": _NOT_SENT,
    "urge_shipment": _NOT_SENT,
    "delivery_problem": _ARRIVED,
}


def tell_order(orders: list[OrderView], intent: str, *, upset: bool, now: datetime) -> Draft | None:
    """Where the order is that is most likely meant; None when the question is another or there is none."""
    known = [order for order in orders if order.state is not OrderState.CLOSED]
    if intent not in _MEANT or not known:
        return None
    likely = _MEANT[intent]
    order = min(known, key=lambda o: (likely.index(o.state), not _is_stuck(o, now)))
    words = _words(order, now)
    if words is None:
        return None
    text, sources, sure = words
    opening = "让您久等了，抱歉。" if upset else "您好，"
    several = sum(o.state is order.state for o in known) > 1
    return Draft(
        opening + text,
        Kind.SOOTHE if upset else Kind.ORDER,
        sources,
        0.6 if several else sure,
        "取自订单与物流轨迹" + ("；这样的订单不止一个，请核对是哪一单" if several else ""),
    )


def _is_stuck(order: OrderView, now: datetime) -> bool:
    parcel = order.parcels[-1] if order.parcels else None
    if parcel is None or not parcel.track:
        return False
    return is_stuck(parcel.state, datetime.fromisoformat(parcel.track[-1]["at"]), now=now)


ABOUT_PARCELS = frozenset(_MEANT)


def _words(order: OrderView, now: datetime) -> tuple[str, tuple[Source, ...], float] | None:
    source = Source("order", order.id, f"订单 …{order.id[-4:]}")
    named = order.lines[0]["name"] if order.lines else "您的商品"
    if order.state is OrderState.UNPAID:
        return f"您的订单（{named}）还没有付款，付款后我们就安排发货。", (source,), 0.7
    if order.state is OrderState.PAID:
        return f"您的订单（{named}）已付款，仓库正在备货，发出后会有物流信息。", (source,), 0.7
    if order.parcels:
        parcel = order.parcels[-1]
        return (
            _parcel_words(named, parcel, now),
            (source, Source("parcel", parcel.id, "物流轨迹")),
            0.85,
        )
    return None


def _parcel_words(named: str, parcel: ParcelView, now: datetime) -> str:
    last = parcel.track[-1] if parcel.track else None
    if last is None:
        return f"{named}已交给{parcel.courier}，单号 {parcel.tracking}，物流信息还没有更新。"
    seen = datetime.fromisoformat(last["at"]).astimezone(CHINA)
    when = f"{seen.month}月{seen.day}日 {seen:%H:%M}"
    if parcel.state is ParcelState.SIGNED:
        return f"{named}在 {when} 已签收（{last['place']}）。如果您没有收到，请告诉我，我马上核实。"
    told = (
        f"{named}由{parcel.courier}运送，单号 {parcel.tracking}，"
        f"最近一次是 {when} 在{last['place']}：{last['words'].rstrip('。')}。"
    )
    if is_stuck(parcel.state, seen, now=now):
        told += "之后一直没有新的扫描记录，我来联系快递核实，有结果就告诉您。"
    return told
