"""What every event has: an identity, a time, and a name on the wire."""

import os
import re
import time
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

_WORDS = re.compile(r"[A-Z][a-z0-9]*")


def new_id() -> str:
    """A UUIDv7 in hexadecimal: ids made later sort later, so that inserts stay at the end of an index."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | chance
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return f"{value:032x}"


def wire_name(event: type["Event"]) -> str:
    """`ConversationHandedOver` is `conversation.handed_over` on the wire."""
    noun, *rest = _WORDS.findall(event.__name__)
    return f"{noun}.{'_'.join(rest)}".lower()


def _now() -> datetime:
    return datetime.now(UTC)


class Event(BaseModel):
    """Something that happened. `shop_id` and `conversation_id`, where there are any, decide who may see it."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)

    id: str = Field(default_factory=new_id)
    happened_at: datetime = Field(default_factory=_now)
    shop_id: str | None = None
    conversation_id: str | None = None
