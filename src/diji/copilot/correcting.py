"""A guess can be corrected where it stands; the correction is kept as a label for the trainer."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji import conversations, understanding
from diji.conversations import Author, MessageView
from diji.events import ReadingCorrected, new_id
from diji.foundation import Invalid, binding, own_insert, record, run

from .models import Label

FIELDS = {"emotion": "emotions", "intent": "intents", "issues": "issues"}


def correct_reading(
    session: Session, message_id: str, truth: dict[str, list[str]], *, now: datetime
) -> None:
    """Say what a consumer's message means: `truth` maps emotion, intent or issues to ids of the taxonomy."""
    message = conversations.get_message(session, message_id)
    if message.author is not Author.CONSUMER:
        raise Invalid("只能修正消费者消息的识别", "Only a consumer's message has a reading")
    for field, ids in truth.items():
        _check(field, ids)
    conversation = conversations.get_conversation(session, message.conversation_id)
    guess = message.reading or {}
    corrected = dict(guess.get("corrected", {}))
    member_id = binding(session).actor.id
    for field, ids in truth.items():
        guessed = corrected.get(field, {}).get("guessed", _ids(guess, field))
        corrected[field] = {"by": member_id, "guessed": guessed}
        place = {"shop_id": conversation.shop_id, "conversation_id": conversation.id}
        run(
            session,
            own_insert(
                session, Label, id=new_id(), message_id=message_id, field=field, guessed=guessed,
                truth=ids, member_id=member_id, said_at=now, **place,
            ),
        )  # fmt: skip
    _keep(session, message, {**guess, **_as_read(truth), "corrected": corrected})
    ids_of_place = {"shop_id": conversation.shop_id, "conversation_id": conversation.id}
    event = ReadingCorrected(
        message_id=message_id, fields=tuple(truth), happened_at=now, **ids_of_place
    )
    record(session, event)


def _check(field: str, ids: list[str]) -> None:
    if field not in FIELDS or (field != "issues" and len(ids) != 1):
        raise Invalid("不能这样修正", "That cannot be corrected so", field=field)
    unknown = set(ids) - set(understanding.names.ids(FIELDS[field]))
    if unknown:
        raise Invalid("没有这个标签", "There is no such label", unknown=sorted(unknown))


def _ids(reading: dict[str, Any], field: str) -> list[str]:
    if field == "issues":
        return [issue["id"] for issue in reading.get("issues", [])]
    return [reading[field]] if reading.get(field) else []


def _as_read(truth: dict[str, list[str]]) -> dict[str, Any]:
    """The truth in the form of a reading: what a person says is certain."""
    return {
        field: [{"id": one, "score": 1.0} for one in ids] if field == "issues" else ids[0]
        for field, ids in truth.items()
    }


def _keep(session: Session, message: MessageView, reading: dict[str, Any]) -> None:
    blank = {"emotion": "neutral", "intensity": 0.0, "intent": "other", "issues": []}
    conversations.keep_reading(session, message.conversation_id, message.seq, {**blank, **reading})
