"""Goods, orders, parcels and after-sales, as the shop's own systems tell them."""

from .actions import keep_after_sales, keep_orders, keep_parcels, keep_products
from .queries import (
    OrderView,
    ParcelView,
    ProductView,
    get_order,
    get_product,
    orders_of,
    products,
    spending_of,
)
from .rules import STUCK_AFTER, AfterSaleKind, OrderState, ParcelState, is_stuck, yuan

__all__ = [
    "STUCK_AFTER",
    "AfterSaleKind",
    "OrderState",
    "OrderView",
    "ParcelState",
    "ParcelView",
    "ProductView",
    "get_order",
    "get_product",
    "is_stuck",
    "keep_after_sales",
    "keep_orders",
    "keep_parcels",
    "keep_products",
    "orders_of",
    "products",
    "spending_of",
    "yuan",
]
