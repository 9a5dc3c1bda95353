"""How words get into a thread: the next place, the row, and what the list shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import literal
from sqlalchemy.orm import Session

from diji.foundation import Instant, Invalid, NotFound, own, own_insert, own_update, run

from .models import Attachment, Conversation, Message
from .rules import Author, Posted
from .words import preview


def advance(
    session: Session,
    conversation_id: str,
    text: str,
    attachments: int,
    author: Author,
    now: datetime,
    **more: Any,
) -> int:
    """Take the next place in the thread and keep what the list shows."""
    moved = own_update(session, Conversation).where(Conversation.id == conversation_id)
    shown = {"last_at": now, "last_text": preview(text, attachments), "last_author": author.value}
    taken = moved.values(seq=Conversation.seq + 1, **shown, **more).returning(Conversation.seq)
    row = run(session, taken).first()
    if row is None:
        raise NotFound(
            "没有这个会话", "There is no such conversation", conversation=conversation_id
        )
    return int(row[0])


def put(
    session: Session,
    conversation_id: str,
    seq: int,
    message_id: str,
    author: Author,
    author_id: str | None,
    text: str,
    attachments: list[dict[str, Any]],
    now: datetime,
    client_id: str | None = None,
) -> None:
    values = {
        "author": author.value,
        "author_id": author_id,
        "text": text,
        "attachments": attachments,
    }
    place = {
        "conversation_id": conversation_id,
        "seq": seq,
        "id": message_id,
        "client_id": client_id,
    }
    run(session, own_insert(session, Message, said_at=now, **place, **values))


def said_before(session: Session, conversation_id: str, client_id: str | None) -> Posted | None:
    if client_id is None:
        return None
    rows = own(session, Message.id, Message.seq).where(
        Message.conversation_id == conversation_id, Message.client_id == client_id[:80]
    )
    row = session.execute(rows).first()
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


def instant(now: datetime) -> Any:
    return literal(now, Instant())
