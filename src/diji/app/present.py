"""Events as the wire carries them: their ids, and the words and rows that the screen may show with them."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy.orm import Session

from diji import conversations, copilot
from diji.conversations import ConversationOut, MessageOut
from diji.events import (
    ConsumerSpoke,
    DeliveryChanged,
    Event,
    MessageUnderstood,
    NoteWritten,
    ReadingCorrected,
    ReplyPosted,
    SuggestionsOffered,
    wire_name,
)
from diji.foundation import NotFound, Recorded

_WITH_MESSAGE = (
    ConsumerSpoke,
    ReplyPosted,
    NoteWritten,
    MessageUnderstood,
    DeliveryChanged,
    ReadingCorrected,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An event ready to be sent, with the parts that the widget's feed looks at."""

    position: int
    event: Event
    frame: bytes
    conversation: ConversationOut | None
    message: MessageOut | None


def present(session: Session, recorded: list[Recorded]) -> list[Shown]:
    """One frame an event; rows are read once for all that look at them."""
    seen: dict[str, ConversationOut | None] = {}
    return [_present(session, one, seen) for one in recorded]


def _present(session: Session, one: Recorded, seen: dict[str, ConversationOut | None]) -> Shown:
    event = one.event
    body: dict[str, Any] = event.model_dump(mode="json", by_alias=True)
    conversation_id, message = event.conversation_id, None
    if conversation_id and conversation_id not in seen:
        seen[conversation_id] = _conversation(session, conversation_id)
    conversation = seen[conversation_id] if conversation_id else None
    if isinstance(event, _WITH_MESSAGE):
        message = _message(session, event.message_id)
    if conversation:
        body["conversation"] = conversation.model_dump(mode="json", by_alias=True)
    if message:
        body["message"] = message.model_dump(mode="json", by_alias=True)
    if isinstance(event, SuggestionsOffered):
        offered = copilot.suggestions_by_id(session, event.suggestion_ids)
        body["suggestions"] = [copilot.show_suggestion(s) for s in offered]
    frame = {
        "type": "event",
        "position": one.position,
        "name": wire_name(type(event)),
        "event": body,
    }
    return Shown(one.position, event, orjson.dumps(frame), conversation, message)


def _conversation(session: Session, conversation_id: str) -> ConversationOut | None:
    try:
        return conversations.show_conversation(session, conversation_id)
    except NotFound:  # erased since
        return None


def _message(session: Session, message_id: str) -> MessageOut | None:
    try:
        return conversations.show_message(session, message_id)
    except NotFound:  # erased since
        return None
