"""Goods, orders and parcels, to be seen beside a conversation."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter

from diji.foundation import Shape
from diji.team import EVERYONE, Asker, may

from . import queries
from .rules import OrderState, ParcelState

router = APIRouter(prefix="/api", tags=["commerce"])


class ProductOut(Shape):
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
    skus: list[dict[str, Any]]


class TrackPoint(Shape):
    at: datetime
    place: str
    words: str


class ParcelOut(Shape):
    id: str
    courier: str
    tracking: str
    state: ParcelState
    track: list[TrackPoint]


class OrderLine(Shape):
    product: str
    sku: str
    name: str
    quantity: int
    price: int


class AfterSaleOut(Shape):
    id: str
    kind: str
    state: str
    reason: str
    amount: int
    opened_at: datetime


class OrderOut(Shape):
    id: str
    shop_id: str
    state: OrderState
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    total: int
    lines: list[OrderLine]
    address: str
    parcels: list[ParcelOut]
    after_sales: list[AfterSaleOut]


@router.get("/consumers/{consumer_id}/orders")
async def orders_of(consumer_id: str, asker: Asker = may(EVERYONE)) -> list[OrderOut]:
    return [
        OrderOut.model_validate(o) for o in await asker.store.read(queries.orders_of, consumer_id)
    ]


@router.get("/orders/{order_id}")
async def order(order_id: str, asker: Asker = may(EVERYONE)) -> OrderOut:
    return OrderOut.model_validate(await asker.store.read(queries.get_order, order_id))


@router.get("/products")
async def products(q: str = "", asker: Asker = may(EVERYONE)) -> list[ProductOut]:
    return [ProductOut.model_validate(p) for p in await asker.store.read(queries.products, words=q)]


@router.get("/products/{code}")
async def product(code: str, asker: Asker = may(EVERYONE)) -> ProductOut:
    return ProductOut.model_validate(await asker.store.read(queries.get_product, code))
