"""Events as the wire carries them: their ids, and the words and rows that the screen may show with them."""

import contextlib
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
    look = _Look(session)
    return [_present(look, one) for one in recorded]


class _Look:
    """Rows as one snapshot has them, each read once; None for what was erased since."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._conversations: dict[str, ConversationOut | None] = {}
        self._messages: dict[str, MessageOut | None] = {}

    def conversation(self, conversation_id: str) -> ConversationOut | None:
        if conversation_id not in self._conversations:
            found = None
            with contextlib.suppress(NotFound):
                found = conversations.show_conversation(self.session, conversation_id)
            self._conversations[conversation_id] = found
        return self._conversations[conversation_id]

    def message(self, message_id: str) -> MessageOut | None:
        if message_id not in self._messages:
            found = None
            with contextlib.suppress(NotFound):
                found = conversations.show_message(self.session, message_id)
            self._messages[message_id] = found
        return self._messages[message_id]


def _present(look: _Look, one: Recorded) -> Shown:
    event = one.event
    body: dict[str, Any] = event.model_dump(mode="json", by_alias=True)
    conversation_id, message = event.conversation_id, None
    conversation = look.conversation(conversation_id) if conversation_id else None
    if isinstance(event, _WITH_MESSAGE):
        message = look.message(event.message_id)
    if conversation:
        body["conversation"] = conversation.model_dump(mode="json", by_alias=True)
    if message:
        body["message"] = message.model_dump(mode="json", by_alias=True)
    if isinstance(event, SuggestionsOffered):
        offered = copilot.suggestions_by_id(look.session, event.suggestion_ids)
        body["suggestions"] = [copilot.show_suggestion(s) for s in offered]
    frame = {
        "type": "event",
        "position": one.position,
        "name": wire_name(type(event)),
        "event": body,
    }
    return Shown(one.position, event, orjson.dumps(frame), conversation, message)
