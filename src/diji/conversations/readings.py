"""The machine's guesses, kept beside the words and, for the newest words, in the list."""

from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from diji.foundation import do, own_once, update_once

from .models import Message
from .queries import get_row
from .rules import Author

_SAID = Message.__table__.c
_HERE = (_SAID.conversation_id == bindparam("conversation"), _SAID.seq == bindparam("place"))
_READING = own_once(Message, "reading").where(*_HERE)
_KEEP_READING = (
    update_once(Message).where(*_HERE).values(reading=bindparam("guess", type_=_SAID.reading.type))
)
_NEWEST_WORDS = (
    own_once(Message, "seq")
    .where(
        _SAID.conversation_id == bindparam("conversation"), _SAID.author == Author.CONSUMER.value
    )
    .order_by(_SAID.seq.desc())
    .limit(1)
)


def keep_reading(session: Session, conversation_id: str, seq: int, reading: dict[str, Any]) -> bool:
    """Keep the machine's guess beside the message, and in the list when it is about the newest words.

    False when just this guess was kept before.
    """
    place = {"conversation": conversation_id, "place": seq}
    if do(session, _READING, **place).scalar() == reading:
        return False
    do(session, _KEEP_READING, guess=reading, **place)
    if newest_words(session, conversation_id) == seq:
        row = get_row(session, conversation_id)
        row.intent, row.emotion, row.intensity = (
            reading[name] for name in ("intent", "emotion", "intensity")
        )
        row.issues = [issue["id"] for issue in reading["issues"]]
    return True


def newest_words(session: Session, conversation_id: str) -> int:
    """The place of the consumer's newest message; 0 before the first."""
    return int(do(session, _NEWEST_WORDS, conversation=conversation_id).scalar() or 0)
