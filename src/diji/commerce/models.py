"""What is stored about goods, orders, parcels and after-sales."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Product(Owned):
    """Something the company sells, in whichever shop."""

    __tablename__ = "products"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    price: Mapped[int]  # fen
    list_price: Mapped[int]  # fen
    attributes: Mapped[dict[str, Any]]
    selling_points: Mapped[list[Any]]
    good_for: Mapped[list[Any]]
    not_for: Mapped[list[Any]]
    pairs_with: Mapped[list[Any]]
    skus: Mapped[list[Any]]  # {code, name, stock}


class Order(Owned):
    """An order of a consumer in a shop."""

    __tablename__ = "orders"
    __table_args__ = (Index("ix_orders_consumer", "tenant_id", "consumer_id", "placed_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    consumer_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    placed_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    total: Mapped[int]  # fen
    lines: Mapped[list[Any]]  # {product, sku, name, quantity, price}
    address: Mapped[str] = mapped_column(String(200))  # masked: 省市 + ***


class Parcel(Owned):
    """A parcel of an order, with where it was seen."""

    __tablename__ = "parcels"
    __table_args__ = (Index("ix_parcels_order", "tenant_id", "order_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    order_id: Mapped[str] = mapped_column(String(40))
    courier: Mapped[str] = mapped_column(String(20))
    tracking: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    track: Mapped[list[Any]]  # {at, place, words}, oldest first


class AfterSale(Owned):
    """A return, exchange or refund that a consumer asked for."""

    __tablename__ = "after_sales"
    __table_args__ = (Index("ix_after_sales_order", "tenant_id", "order_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32))
    order_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(80))
    amount: Mapped[int]  # fen
    opened_at: Mapped[datetime]
