"""What became of a message on its way to a platform."""

from typing import Literal

from .base import Event


class DeliveryChanged(Event):
    """`unknown`: nobody can tell whether the platform took it; a person decides."""

    shop_id: str
    conversation_id: str
    message_id: str
    state: Literal["sent", "retrying", "failed", "unknown"]
