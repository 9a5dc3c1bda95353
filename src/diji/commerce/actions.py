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
    """Store orders that are new, each with its event."""
    added = add_many(session, Order, rows)
    if added:
        for row in rows:
            record(
                session,
                OrderChanged(shop_id=row["shop_id"], order_id=row["id"], state=row["state"]),
            )
    return added


def keep_parcels(session: Session, rows: list[dict[str, Any]]) -> int:
    added = add_many(session, Parcel, rows)
    if added:
        for row in rows:
            moved: dict[str, Any] = {"order_id": row["order_id"], "parcel_id": row["id"], "state": row["state"]}
            if row["track"]:
                moved["happened_at"] = datetime.fromisoformat(row["track"][-1]["at"])
            record(session, ParcelMoved(shop_id=row["shop_id"], **moved))
    return added


def keep_after_sales(session: Session, rows: list[dict[str, Any]]) -> int:
    return add_many(session, AfterSale, rows)
