"""What can be done with goods and orders: for now, to keep what the shop's systems tell us."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import OrderChanged, ParcelMoved
from diji.foundation import add_many, record

from .models import AfterSale, Order, Parcel, Product


def keep_products(session: Session, rows: list[dict[str, Any]]) -> int:
    """Store products that are new; says how many were."""
    return add_many(session, Product, rows)


def keep_orders(session: Session, rows: list[dict[str, Any]]) -> int:
    """Store orders that are new, each with its event at the time of its last change."""
    added = add_many(session, Order, rows)
    if added:
        for row in rows:
            changed = {
                "order_id": row["id"],
                "state": row["state"],
                "happened_at": _last_change(row),
            }
            record(session, OrderChanged(shop_id=row["shop_id"], **changed))
    return added


def _last_change(row: dict[str, Any]) -> datetime:
    times = (row.get(moment) for moment in ("placed_at", "paid_at", "shipped_at", "signed_at"))
    return max(at for at in times if at is not None)


def keep_parcels(session: Session, rows: list[dict[str, Any]]) -> int:
    added = add_many(session, Parcel, rows)
    if added:
        for row in rows:
            moved: dict[str, Any] = {
                "order_id": row["order_id"],
                "parcel_id": row["id"],
                "state": row["state"],
            }
            if row["track"]:
                moved["happened_at"] = datetime.fromisoformat(row["track"][-1]["at"])
            record(session, ParcelMoved(shop_id=row["shop_id"], **moved))
    return added


def keep_after_sales(session: Session, rows: list[dict[str, Any]]) -> int:
    return add_many(session, AfterSale, rows)
