"""The states of orders and parcels, and what they mean in words."""

from datetime import datetime, timedelta
from enum import StrEnum


class OrderState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    SIGNED = "signed"
    DONE = "done"
    CLOSED = "closed"


class ParcelState(StrEnum):
    COLLECTED = "collected"
    MOVING = "moving"
    STUCK = "stuck"
    DELIVERING = "delivering"
    SIGNED = "signed"
    RETURNED = "returned"


class AfterSaleKind(StrEnum):
    RETURN = "return_refund"
    REFUND = "refund_only"
    EXCHANGE = "exchange"


STUCK_AFTER = timedelta(hours=36)


def is_stuck(state: ParcelState, last_seen: datetime, *, now: datetime) -> bool:
    """A parcel that nobody has scanned for a day and a half worries its buyer."""
    under_way = state in {ParcelState.COLLECTED, ParcelState.MOVING, ParcelState.STUCK}
    return under_way and now - last_seen > STUCK_AFTER


def yuan(fen: int) -> str:
    """9900 → 99, 9950 → 99.50"""
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"
