"""What can be asked about goods, orders and parcels."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from diji.foundation import NotFound, own

from .models import AfterSale, Order, Parcel, Product
from .rules import OrderState, ParcelState


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product with all that an agent may say about it; money in fen."""

    code: str
    name: str
    category: str
    kind: str
    price: int
    list_price: int
    attributes: dict[str, Any]
    selling_points: list[str]
    good_for: list[str]
    not_for: list[str]
    pairs_with: list[str]
    skus: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel; `track` is oldest first: at (ISO time), place, words."""

    id: str
    courier: str
    tracking: str
    state: ParcelState
    track: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AfterSaleView:
    """A return, exchange or refund."""

    id: str
    kind: str
    state: str
    reason: str
    amount: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its parcels and after-sales; money in fen."""

    id: str
    shop_id: str
    consumer_id: str
    state: OrderState
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    total: int
    lines: list[dict[str, Any]]
    address: str
    parcels: tuple[ParcelView, ...]
    after_sales: tuple[AfterSaleView, ...]


def products(session: Session, *, words: str = "", limit: int = 50) -> list[ProductView]:
    rows = own(session, Product)
    for word in words.split():
        named = Product.name.contains(word, autoescape=True)
        kind = Product.kind.contains(word, autoescape=True)
        rows = rows.where(or_(named, Product.code == word, kind))
    return [_product(p) for p in session.scalars(rows.order_by(Product.code).limit(limit))]


def get_product(session: Session, code: str) -> ProductView:
    product = session.scalars(own(session, Product).where(Product.code == code)).first()
    if product is None:
        raise NotFound("没有这个商品", "There is no such product", product=code)
    return _product(product)


def _product(p: Product) -> ProductView:
    return ProductView(
        p.code,
        p.name,
        p.category,
        p.kind,
        p.price,
        p.list_price,
        p.attributes,
        p.selling_points,
        p.good_for,
        p.not_for,
        p.pairs_with,
        p.skus,
    )


def orders_of(session: Session, consumer_id: str, *, limit: int = 20) -> list[OrderView]:
    """A consumer's orders, newest first."""
    rows = own(session, Order).where(Order.consumer_id == consumer_id)
    found = session.scalars(rows.order_by(Order.placed_at.desc()).limit(limit)).all()
    return [_order(session, o) for o in found]


def get_order(session: Session, order_id: str) -> OrderView:
    order = session.scalars(own(session, Order).where(Order.id == order_id)).first()
    if order is None:
        raise NotFound("没有这个订单", "There is no such order", order=order_id)
    return _order(session, order)


def _order(session: Session, o: Order) -> OrderView:
    parcels = session.scalars(own(session, Parcel).where(Parcel.order_id == o.id))
    after_sales = session.scalars(own(session, AfterSale).where(AfterSale.order_id == o.id))
    return OrderView(
        o.id,
        o.shop_id,
        o.consumer_id,
        OrderState(o.state),
        o.placed_at,
        o.paid_at,
        o.shipped_at,
        o.signed_at,
        o.total,
        o.lines,
        o.address,
        tuple(
            ParcelView(p.id, p.courier, p.tracking, ParcelState(p.state), p.track) for p in parcels
        ),
        tuple(
            AfterSaleView(a.id, a.kind, a.state, a.reason, a.amount, a.opened_at)
            for a in after_sales
        ),
    )


def spending_of(session: Session, consumer_id: str) -> tuple[int, int]:
    """How many paid orders a consumer has, and their sum in fen."""
    counted = own(session, func.count(Order.id), func.coalesce(func.sum(Order.total), 0))
    paid = counted.where(Order.consumer_id == consumer_id, Order.paid_at.is_not(None))
    count, total = session.execute(paid.where(Order.state != OrderState.CLOSED)).one()
    return int(count), int(total)
