"""How words get into a thread: the next place, the row, and what the list shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session

from diji.foundation import (
    Instant,
    Invalid,
    NotFound,
    do,
    own,
    own_once,
    put_row,
    update_once,
)

from .models import Attachment, Conversation, Message
from .rules import Author, Posted

_ROW = Conversation.__table__


_NOW = bindparam("now", type_=Instant())
_NEXT = (
    update_once(Conversation)
    .where(_ROW.c.id == bindparam("conversation"))
    .values(seq=_ROW.c.seq + 1, last_at=_NOW)
    .returning(_ROW.c.seq)
)
_SHOWN = _NEXT.values(last_text=bindparam("shown"), last_author=bindparam("by"))
# The consumer's clock starts with the first words that nobody answered, and stops with an answer.
# A line of the system is no answer, and the list goes on showing what the consumer said.
_ADVANCES = {
    Author.CONSUMER: _SHOWN.values(
        waiting_since=func.coalesce(_ROW.c.waiting_since, _NOW), unread=_ROW.c.unread + 1
    ),
    Author.AGENT: _SHOWN.values(waiting_since=None, unread=0),
    Author.COPILOT: _SHOWN.values(waiting_since=None),
    Author.SYSTEM: _NEXT,
    Author.NOTE: _NEXT.values(last_at=_ROW.c.last_at),
}
_SAID_BEFORE = own_once(Message, "id", "seq").where(
    Message.__table__.c.conversation_id == bindparam("conversation"),
    Message.__table__.c.client_id == bindparam("client"),
)


def advance(
    session: Session, conversation_id: str, author: Author, shown: str, *, now: datetime
) -> int:
    """Take the next place in the thread and keep what the list shows."""
    values: dict[str, Any] = {"conversation": conversation_id}
    if author is not Author.NOTE:
        values["now"] = now
    if author not in {Author.NOTE, Author.SYSTEM}:
        values |= {"shown": shown, "by": author.value}
    row = do(session, _ADVANCES[author], **values).first()
    if row is None:
        raise NotFound(
            "没有这个会话", "There is no such conversation", conversation=conversation_id
        )
    return int(row[0])


def put(session: Session, posted: Posted, author: Author, text: str, **more: Any) -> None:
    """Write the message at its place."""
    values = {"attachments": [], "author_id": None, "client_id": None, "sources": [], **more}
    place = {"conversation_id": posted.conversation_id, "seq": posted.seq, "id": posted.message_id}
    put_row(session, Message, author=author.value, text=text, **place, **values)


def said_before(session: Session, conversation_id: str, client_id: str | None) -> Posted | None:
    """The message that was written with this key, if it was."""
    if client_id is None:
        return None
    row = do(session, _SAID_BEFORE, conversation=conversation_id, client=client_id[:80]).first()
    return Posted(conversation_id, row[0], row[1], new=False) if row else None


def shown_attachments(
    session: Session, ids: tuple[str, ...], *, consumer_id: str | None
) -> list[dict[str, Any]]:
    """What the thread shows of attachments; a consumer can only send what they uploaded themselves."""
    if not ids:
        return []
    rows = own(session, Attachment).where(Attachment.id.in_(ids))
    found = {a.id: a for a in session.scalars(rows)}
    if set(found) != set(ids) or any(a.consumer_id != consumer_id for a in found.values()):
        raise Invalid("附件不存在", "There is no such attachment")
    return [
        {
            "id": a.id,
            "kind": a.kind,
            "mediaType": a.media_type,
            "width": a.width,
            "height": a.height,
        }
        for a in (found[one] for one in dict.fromkeys(ids))
    ]
