"""Who speaks, who holds the pen, and which conversation comes first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_MESSAGE = 4000
MOST_ATTACHMENTS = 9
RESPONSE_TARGET = timedelta(seconds=180)  # 3 分钟人工响应, the clock that most platforms count


BEYOND = 2**31 - 1  # after every place in a thread, and still a place for every database


class Author(StrEnum):
    """Who wrote a message."""

    CONSUMER = "consumer"
    AGENT = "agent"
    COPILOT = "copilot"
    SYSTEM = "system"
    NOTE = "note"


class Reception(StrEnum):
    """Who receives the consumer now: the machine, nobody yet, or a person."""

    AI = "ai"
    WAITING = "waiting"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something a consumer said, as a channel read it. `external_id` is the channel's own key of it."""

    shop_id: str
    channel: str
    consumer_id: str
    recipient: str
    external_id: str
    text: str
    attachments: tuple[str, ...] = ()
    client_id: str | None = None  # the widget's own key, so that it recognises its words


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands. `new` is False when it had been taken in before."""

    conversation_id: str
    message_id: str
    seq: int
    new: bool


def deadline(waiting_since: datetime | None) -> datetime | None:
    """When the answer is late."""
    return waiting_since + RESPONSE_TARGET if waiting_since else None


GRAVE = 10_000.0  # more than a day late and furious can reach
_WEIGHT = {"angry": 4.0, "disappointed": 2.5, "anxious": 1.8, "neutral": 1.0, "satisfied": 0.5}
_TROUBLED = frozenset({"angry", "disappointed", "anxious"})


def urgency(
    reception: Reception,
    waiting_since: datetime | None,
    emotion: str | None,
    intensity: float,
    *,
    now: datetime,
    why: Collection[str] = (),
) -> float:
    """Soonest breach × emotion; who waits for a person comes before whom the machine serves.

    Only trouble lifts by its strength: whoever is content, however much, stands behind who waits as long.
    A threat, abuse or danger to a person (`flag_…` among the reasons) comes before all that is merely late.
    """
    if waiting_since is None:
        return 0.0
    left = (waiting_since + RESPONSE_TARGET - now).total_seconds()
    nearness = 1.0 / max(left, 1.0) if left > 0 else 1.0 + min(-left, 86400) / 3600
    person = {Reception.WAITING: 3.0, Reception.PERSON: 2.0, Reception.AI: 0.2}[reception]
    grave = GRAVE if any(reason.startswith("flag_") for reason in why) else 0.0
    felt = emotion or "neutral"
    strength = 1.0 + (intensity if felt in _TROUBLED else 0.0)
    return grave + nearness * person * _WEIGHT.get(felt, 1.0) * strength
