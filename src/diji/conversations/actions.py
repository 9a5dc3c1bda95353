"""What can be done in a conversation; `hearing` takes in what the consumer says."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from diji import channels
from diji.events import (
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationReleased,
    MessageRead,
    NoteWritten,
    ReplyPosted,
    new_id,
)
from diji.foundation import (
    Conflict,
    add_new,
    binding,
    record,
)

from .models import Attachment, Conversation
from .queries import get_row
from .rules import Author, Posted, Reception
from .thread import advance, put, said_before, shown_attachments
from .words import clean_text, preview

QUIET = timedelta(hours=24)
_WRITER: dict[Author, Literal["agent", "copilot", "system"]] = {
    Author.AGENT: "agent",
    Author.COPILOT: "copilot",
    Author.SYSTEM: "system",
}


class PenTaken(Conflict):
    """Somebody else holds the pen of this conversation."""


class ConversationEnded(Conflict):
    """The conversation is closed; a consumer who returns opens a new one."""


def reply(
    session: Session,
    conversation_id: str,
    text: str,
    *,
    author: Author,
    now: datetime,
    author_id: str | None = None,
    attachments: tuple[str, ...] = (),
    client_id: str | None = None,
    caused_by: str | None = None,
    suggestion_id: str | None = None,
    sources: list[dict[str, str]] | None = None,
) -> Posted:
    """Post words under one pen, and put them on their way in the same transaction.

    `client_id` (an agent's) or `caused_by` (the machine's) makes a repeated call harmless.
    """
    row = get_row(session, conversation_id)
    key = client_id or (f"cause:{caused_by}" if caused_by else None)
    known = said_before(session, conversation_id, key)
    if known:
        return known
    if row.closed_at is not None:
        raise ConversationEnded("会话已结束", "This conversation has ended")
    _take_pen(session, row, author, author_id, now)
    said = clean_text(text, attachments=len(attachments))
    shown = shown_attachments(session, attachments, consumer_id=None)
    seq = advance(session, conversation_id, author, preview(said, len(shown)), now=now)
    posted = Posted(conversation_id, new_id(), seq, new=True)
    put(
        session,
        posted,
        author,
        said,
        attachments=shown,
        author_id=author_id,
        client_id=key,
        sources=sources or [],
        said_at=now,
    )
    _send(session, row, posted, said, now=now)
    record(
        session,
        ReplyPosted(
            shop_id=row.shop_id,
            conversation_id=conversation_id,
            message_id=posted.message_id,
            seq=seq,
            author=_WRITER[author],
            author_id=author_id,
            caused_by=caused_by,
            suggestion_id=suggestion_id,
            happened_at=now,
        ),
    )
    return posted


def _send(session: Session, row: Conversation, posted: Posted, text: str, *, now: datetime) -> None:
    """Put the words on their way to the platform, if they must travel."""
    channels.send_later(
        session,
        channel=row.channel,
        shop_id=row.shop_id,
        conversation_id=row.id,
        message_id=posted.message_id,
        recipient=row.recipient,
        text=text,
        now=now,
    )


def _take_pen(
    session: Session, row: Conversation, author: Author, author_id: str | None, now: datetime
) -> None:
    """One pen: the machine writes only while it receives; a person who writes takes the conversation."""
    if author is Author.COPILOT and row.reception != Reception.AI:
        raise PenTaken("会话已由人工接待", "A person holds the pen")
    if author is Author.AGENT and author_id and row.assignee_id != author_id:
        if row.assignee_id is not None:
            raise PenTaken(
                "会话正由同事接待，请先接管", "A colleague holds the pen; take over first"
            )
        take(session, row.id, author_id, now=now)


def take(session: Session, conversation_id: str, member_id: str, *, now: datetime) -> None:
    """A member takes the pen: from the machine, from the queue, or from a colleague."""
    row = get_row(session, conversation_id)
    if row.closed_at is not None:
        raise ConversationEnded("会话已结束", "This conversation has ended")
    if row.reception == Reception.PERSON and row.assignee_id == member_id:
        return
    before = row.assignee_id
    row.reception, row.assignee_id = Reception.PERSON.value, member_id
    row.person_since = row.person_since or now
    ids = {"shop_id": row.shop_id, "conversation_id": conversation_id}
    record(
        session, ConversationAssigned(member_id=member_id, before=before, happened_at=now, **ids)
    )


def hand_over(
    session: Session,
    conversation_id: str,
    *,
    why: tuple[str, ...],
    words: str,
    caused_by: str | None,
    now: datetime,
) -> bool:
    """The machine lays down the pen and the consumer is told so; False when a person has it already."""
    row = get_row(session, conversation_id)
    if row.closed_at is not None:
        return False
    reasons = list(dict.fromkeys([*why, *row.why_person]))
    if row.reception == Reception.PERSON:
        row.why_person = reasons  # who has the pen is to see that it became graver
        return False
    first = row.reception == Reception.AI
    if not first and set(reasons) == set(row.why_person):
        return False
    row.reception, row.why_person = Reception.WAITING.value, reasons
    row.person_since = row.person_since or now
    ids = {"shop_id": row.shop_id, "conversation_id": conversation_id}
    record(session, ConversationHandedOver(why=why, caused_by=caused_by, happened_at=now, **ids))
    if first:
        cause = f"handover:{caused_by}" if caused_by else None
        reply(session, conversation_id, words, author=Author.SYSTEM, caused_by=cause, now=now)
    return True


def release(
    session: Session, conversation_id: str, to: Literal["ai", "waiting"], *, now: datetime
) -> None:
    """A person gives the pen back."""
    row = get_row(session, conversation_id)
    _must_hold_pen(session, row)
    if row.closed_at is not None:
        raise ConversationEnded("会话已结束", "This conversation has ended")
    row.reception, row.assignee_id = to, None
    if to == "ai":
        row.why_person, row.person_since = [], None
    else:
        row.person_since = row.person_since or now
    ids = {"shop_id": row.shop_id, "conversation_id": conversation_id}
    record(session, ConversationReleased(to=to, happened_at=now, **ids))


def pass_on(session: Session, conversation_id: str, member_id: str, *, now: datetime) -> None:
    """The consumer of a member who left waits for a colleague, unless one was faster."""
    row = get_row(session, conversation_id)
    if row.closed_at is None and row.assignee_id == member_id:
        release(session, conversation_id, "waiting", now=now)


def close(session: Session, conversation_id: str, *, now: datetime) -> None:
    """End a conversation; a consumer who returns opens a new one."""
    row = get_row(session, conversation_id)
    if row.closed_at is not None:
        return
    _must_hold_pen(session, row)
    row.closed_at, row.waiting_since, row.unread = now, None, 0
    ids = {"shop_id": row.shop_id, "conversation_id": conversation_id}
    record(session, ConversationClosed(happened_at=now, **ids))


def _must_hold_pen(session: Session, row: Conversation) -> None:
    """An agent does not lay down a colleague's pen; leads may, and the house by the clock."""
    actor = binding(session).actor
    others = row.assignee_id is not None and row.assignee_id != actor.id
    if others and actor.kind == "member" and actor.role == "agent":
        raise PenTaken("会话正由同事接待", "A colleague holds the pen")


def close_if_quiet(session: Session, conversation_id: str, *, now: datetime) -> None:
    """Close unless somebody spoke while we looked."""
    row = get_row(session, conversation_id)
    if row.closed_at is None and row.waiting_since is None and row.last_at <= now - QUIET:
        close(session, conversation_id, now=now)


def write_note(
    session: Session,
    conversation_id: str,
    text: str,
    *,
    author_id: str,
    client_id: str,
    now: datetime,
) -> Posted:
    """A private note of a member; it never leaves the house."""
    row = get_row(session, conversation_id)
    known = said_before(session, conversation_id, client_id)
    if known:
        return known
    said = clean_text(text)
    seq = advance(session, conversation_id, Author.NOTE, "", now=now)
    posted = Posted(conversation_id, new_id(), seq, new=True)
    put(session, posted, Author.NOTE, said, author_id=author_id, client_id=client_id, said_at=now)
    ids = {
        "shop_id": row.shop_id,
        "conversation_id": conversation_id,
        "message_id": posted.message_id,
    }
    record(session, NoteWritten(seq=seq, author_id=author_id, happened_at=now, **ids))
    return posted


def read_up_to(
    session: Session,
    conversation_id: str,
    *,
    reader: Literal["consumer", "team"],
    seq: int,
    now: datetime,
) -> None:
    """Somebody has seen the thread up to `seq`."""
    row = get_row(session, conversation_id)
    seen = min(seq, row.seq)
    if reader == "team":
        if row.unread == 0:
            return
        row.unread = 0
    else:
        if seen <= row.read_by_consumer:
            return
        row.read_by_consumer = seen
    ids = {"shop_id": row.shop_id, "conversation_id": conversation_id}
    record(session, MessageRead(reader=reader, seq=seen, happened_at=now, **ids))


def keep_attachment(
    session: Session, *, attachment: dict[str, Any], now: datetime, attachment_id: str | None = None
) -> str:
    """Remember a picture whose bytes are stored; says its id."""
    chosen = attachment_id or new_id()
    add_new(session, Attachment, id=chosen, made_at=now, **attachment)
    return chosen
