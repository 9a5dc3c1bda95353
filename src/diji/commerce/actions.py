"""What can be done with goods and orders: for now, to keep what the shop's systems tell us."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import OrderChanged, ParcelMoved
from diji.foundation import add_many, own, record

from .models import AfterSale, Order, Parcel, Product


def keep_products(session: Session, rows: list[dict[str, Any]]) -> int:
    """Store products that are new; says how many were."""
    return add_many(session, Product, rows)


def keep_orders(session: Session, rows: list[dict[str, Any]]) -> int:
    """Store orders that are new, each with its event at the time of its last change."""
    fresh = _unknown(session, Order, rows)
    for row in fresh:
        changed: dict[str, Any] = {"order_id": row["id"], "state": row["state"]}
        at = _last_change(row)
        record(session, OrderChanged(shop_id=row["shop_id"], happened_at=at, **changed))
    return add_many(session, Order, fresh)


def _unknown(
    session: Session, entity: type[Order | Parcel], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    ids = own(session, entity.id).where(entity.id.in_([row["id"] for row in rows]))
    known = set(session.scalars(ids))
    return [row for row in rows if row["id"] not in known]


def _last_change(row: dict[str, Any]) -> datetime:
    moments = ("placed_at", "paid_at", "shipped_at", "signed_at")
    times: list[datetime] = [row[moment] for moment in moments if row.get(moment) is not None]
    return max(times)


def keep_parcels(session: Session, rows: list[dict[str, Any]]) -> int:
    fresh = _unknown(session, Parcel, rows)
    for row in fresh:
        moved: dict[str, Any] = {
            "order_id": row["order_id"],
            "parcel_id": row["id"],
            "state": row["state"],
        }
        if row["track"]:
            moved["happened_at"] = datetime.fromisoformat(row["track"][-1]["at"])
        record(session, ParcelMoved(shop_id=row["shop_id"], **moved))
    return add_many(session, Parcel, fresh)


def keep_after_sales(session: Session, rows: list[dict[str, Any]]) -> int:
    return add_many(session, AfterSale, rows)
