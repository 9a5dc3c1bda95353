"""What can happen to orders and parcels."""

from .base import Event


class OrderChanged(Event):
    """An order is new or has another state."""

    shop_id: str
    order_id: str
    state: str


class ParcelMoved(Event):
    """A parcel was seen somewhere."""

    shop_id: str
    order_id: str
    parcel_id: str
    state: str
