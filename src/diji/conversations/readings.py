"""The machine's guesses, kept beside the words and, for the newest words, in the list."""

from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from diji.foundation import do, own_once, update_once

from .models import Conversation, Message
from .rules import Author

_SAID = Message.__table__.c
_HERE = (_SAID.conversation_id == bindparam("conversation"), _SAID.seq == bindparam("place"))
_READING = own_once(Message, "reading").where(*_HERE)
_KEEP_READING = (
    update_once(Message).where(*_HERE).values(reading=bindparam("guess", type_=_SAID.reading.type))
)
_ROW = Conversation.__table__.c
_SHOW_GUESS = (
    update_once(Conversation)
    .where(_ROW.id == bindparam("conversation"))
    .values(
        {
            name: bindparam(f"new_{name}", type_=_ROW[name].type)
            for name in ("intent", "emotion", "intensity", "issues")
        }
    )
)
_NEWEST_WORDS = (
    own_once(Message, "seq")
    .where(
        _SAID.conversation_id == bindparam("conversation"), _SAID.author == Author.CONSUMER.value
    )
    .order_by(_SAID.seq.desc())
    .limit(1)
)


_ANSWERED_AT = (
    own_once(Message, "seq")
    .where(
        _SAID.conversation_id == bindparam("conversation"),
        _SAID.author.in_([Author.AGENT.value, Author.COPILOT.value]),
    )
    .order_by(_SAID.seq.desc())
    .limit(1)
)
_READINGS_SINCE = (
    own_once(Message, "reading")
    .where(
        _SAID.conversation_id == bindparam("conversation"),
        _SAID.author == Author.CONSUMER.value,
        _SAID.seq > bindparam("after"),
        _SAID.seq < bindparam("place"),
    )
    .order_by(_SAID.seq)
)
_GRAVITY = ("angry", "disappointed", "anxious")


def keep_reading(session: Session, conversation_id: str, seq: int, reading: dict[str, Any]) -> bool:
    """Keep the machine's guess beside the message, and in the list when it is about the newest words.

    False when just this guess was kept before, or when a person has corrected it: their word stands.
    """
    place = {"conversation": conversation_id, "place": seq}
    kept = do(session, _READING, **place).scalar()
    if kept == reading or (kept and "corrected" in kept and "corrected" not in reading):
        return False
    do(session, _KEEP_READING, guess=reading, **place)
    newest = newest_words(session, conversation_id)
    place["place"] = newest
    last = reading if newest == seq else do(session, _READING, **place).scalar()
    if last:
        felt = _gravest_unanswered(session, conversation_id, newest, last)
        shown = {f"new_{name}": felt[name] for name in ("emotion", "intensity")}
        shown["new_intent"] = last["intent"]
        shown["new_issues"] = [issue["id"] for issue in last["issues"]]
        do(session, _SHOW_GUESS, conversation=conversation_id, **shown)
    return True


def _gravest_unanswered(
    session: Session, conversation_id: str, seq: int, reading: dict[str, Any]
) -> dict[str, Any]:
    """The reading whose mood the list shows.

    Anger that nobody has answered passes only when the consumer is content, or a person says so.
    """
    told = "emotion" in reading.get("corrected", {})
    if seq == 1 or told or reading["emotion"] in {"angry", "satisfied"}:
        return reading
    answered = do(session, _ANSWERED_AT, conversation=conversation_id).scalar() or 0
    place = {"conversation": conversation_id, "after": answered, "place": seq}
    before = [kept for kept in do(session, _READINGS_SINCE, **place).scalars() if kept]
    return min([reading, *reversed(before)], key=_grave)


def _grave(reading: dict[str, Any]) -> int:
    mood = reading["emotion"]
    return _GRAVITY.index(mood) if mood in _GRAVITY else len(_GRAVITY)


def newest_words(session: Session, conversation_id: str) -> int:
    """The place of the consumer's newest message; 0 before the first."""
    return int(do(session, _NEWEST_WORDS, conversation=conversation_id).scalar() or 0)
