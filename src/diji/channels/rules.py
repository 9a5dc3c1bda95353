"""What a channel must be able to do, and what becomes of a message that could not be sent."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way; `message_id` is the key that a platform may use against duplicates."""

    message_id: str
    shop_id: str
    recipient: str
    text: str


class DeliveryFailed(Exception):
    """The platform did not take the message: `permanent` tells the team, temporary tries again."""

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.permanent = permanent


class Channel(Protocol):
    """A door to a platform."""

    async def send(self, outgoing: Outgoing) -> str:
        """Give the message to the platform and return its id there; raises `DeliveryFailed`."""
        ...

    async def was_sent(self, outgoing: Outgoing) -> bool | None:
        """After a crash: whether the platform has it. None when the platform cannot tell."""
        ...


MOST_ATTEMPTS = 6
