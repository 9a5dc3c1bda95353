"""What can happen in a conversation."""

from typing import Literal

from .base import Event


class ConversationOpened(Event):
    """A consumer began to talk, or came back after the last conversation had ended."""

    shop_id: str
    conversation_id: str
    consumer_id: str


class ConsumerSpoke(Event):
    """A message of the consumer is in the inbox; `reception` tells who held the pen when it came."""

    shop_id: str
    conversation_id: str
    consumer_id: str
    message_id: str
    seq: int
    attachments: int = 0
    reception: Literal["ai", "waiting", "person"] = "ai"


class ReplyPosted(Event):
    """Words of ours stand in the thread and are on their way to the consumer."""

    shop_id: str
    conversation_id: str
    message_id: str
    seq: int
    author: Literal["agent", "copilot", "system"]
    author_id: str | None = None
    caused_by: str | None = None
    suggestion_id: str | None = None


class NoteWritten(Event):
    """A member left a private note in the thread; the consumer never sees it."""

    shop_id: str
    conversation_id: str
    message_id: str
    seq: int
    author_id: str


class MessageRead(Event):
    """Somebody has seen the thread up to `seq`."""

    shop_id: str
    conversation_id: str
    reader: Literal["consumer", "team"]
    seq: int


class ConversationHandedOver(Event):
    """The machine laid down the pen: a person is needed, and `why` says so in ids of reasons."""

    shop_id: str
    conversation_id: str
    why: tuple[str, ...]
    caused_by: str | None = None


class ConversationAssigned(Event):
    """A member holds the pen now."""

    shop_id: str
    conversation_id: str
    member_id: str
    before: str | None = None


class ConversationReleased(Event):
    """A person gave the pen back: to the machine, or to whoever takes it next."""

    shop_id: str
    conversation_id: str
    to: Literal["ai", "waiting"]


class ConversationClosed(Event):
    """The conversation ended; a consumer who returns opens a new one."""

    shop_id: str
    conversation_id: str
