"""Doors to platforms: what comes in is read here, what goes out is delivered here."""

from .actions import send_later
from .queries import deliveries_of
from .registry import find_channel, register
from .rules import Channel, DeliveryFailed, Outgoing

__all__ = [
    "Channel",
    "DeliveryFailed",
    "Outgoing",
    "deliveries_of",
    "find_channel",
    "register",
    "send_later",
]
