"""What can be asked about conversations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlalchemy.orm import Session

from diji import consumers
from diji.foundation import NotFound, binding, do, own, own_once

from .models import Attachment, Conversation, Message
from .rules import BEYOND, Author, Reception, deadline, urgency

MOST_OPEN = 1000


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as the list and the thread's head show it."""

    id: str
    shop_id: str
    consumer_id: str
    channel: str
    opened_at: datetime
    closed_at: datetime | None
    seq: int
    reception: Reception
    assignee_id: str | None
    why_person: list[str]
    waiting_since: datetime | None
    deadline_at: datetime | None
    person_since: datetime | None
    last_at: datetime
    last_text: str
    last_author: str
    unread: int
    read_by_consumer: int
    emotion: str | None
    intensity: float | None
    intent: str | None
    issues: list[str]


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of a thread; `reading` is the machine's guess about a consumer's message."""

    id: str
    conversation_id: str
    seq: int
    author: Author
    author_id: str | None
    text: str
    attachments: list[dict[str, Any]]
    said_at: datetime
    client_id: str | None
    reading: dict[str, Any] | None
    sources: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """Where the bytes of an attachment lie, and who sent it."""

    id: str
    shop_id: str
    consumer_id: str | None
    kind: str
    media_type: str
    sha256: str
    size: int
    width: int
    height: int


_CONVERSATION = own_once(Conversation).where(
    Conversation.__table__.c.id == bindparam("conversation")
)
_SAID = Message.__table__.c
_MESSAGE = own_once(Message).where(_SAID.id == bindparam("message"))
_SAID_AFTER = (
    own_once(Message)
    .where(_SAID.conversation_id == bindparam("conversation"), _SAID.seq > bindparam("after"))
    .order_by(_SAID.seq)
    .limit(bindparam("most"))
)
_SAID_BEFORE = (
    own_once(Message)
    .where(_SAID.conversation_id == bindparam("conversation"), _SAID.seq < bindparam("before"))
    .order_by(_SAID.seq.desc())
    .limit(bindparam("most"))
)


def get_conversation(session: Session, conversation_id: str) -> ConversationView:
    seen: dict[str, ConversationView] = session.info.get("seen", {})  # a snapshot does not change
    if conversation_id not in seen:
        session.flush()  # what a verb of the same transaction changed is part of the view
        row = do(session, _CONVERSATION, conversation=conversation_id).first()
        seen[conversation_id] = _view(_seen(session, row, conversation_id))
    return seen[conversation_id]


def get_row(session: Session, conversation_id: str) -> Conversation:
    """The row itself, for this room's own verbs; a session reads it once."""
    row = session.get(Conversation, (binding(session).tenant_id, conversation_id))
    found: Conversation = _seen(session, row, conversation_id)
    return found


def _seen(session: Session, row: Any, conversation_id: str) -> Any:
    """The row, if there is one and the actor may see its shop."""
    shops = binding(session).actor.shops
    if row is None or (shops is not None and row.shop_id not in shops):
        raise NotFound(
            "没有这个会话", "There is no such conversation", conversation=conversation_id
        )
    return row


def find_open(session: Session, consumer_id: str) -> ConversationView | None:
    rows = own(session, Conversation).where(
        Conversation.consumer_id == consumer_id, Conversation.closed_at.is_(None)
    )
    found = session.scalars(rows).first()
    return _view(found) if found else None


def conversations(
    session: Session, *, tab: str, member_id: str, now: datetime, words: str = "", limit: int = 200
) -> list[ConversationView]:
    """The list of a tab (mine, waiting, ai, open, closed), the most urgent first."""
    rows = own(session, Conversation)
    if tab == "closed":
        rows = rows.where(Conversation.closed_at.is_not(None)).order_by(
            Conversation.closed_at.desc()
        )
    else:
        rows = rows.where(Conversation.closed_at.is_(None)).order_by(Conversation.last_at.desc())
    if tab == "mine":
        rows = rows.where(Conversation.assignee_id == member_id)
    elif tab in {"waiting", "ai"}:
        rows = rows.where(Conversation.reception == tab)
    if words:
        rows = rows.where(_mentions(session, words))
    found = [_view(c) for c in session.scalars(rows.limit(MOST_OPEN))]
    if tab != "closed":
        found.sort(key=lambda c: c.last_at, reverse=True)
        found.sort(
            key=lambda c: urgency(
                c.reception,
                c.waiting_since,
                c.emotion,
                c.intensity or 0.0,
                now=now,
                why=c.why_person,
            ),
            reverse=True,
        )
    return found[:limit]


def _mentions(session: Session, words: str) -> Any:
    said = own(session, Message.conversation_id).where(
        Message.text.contains(words, autoescape=True)
    )
    named = consumers.ids_named(session, words)
    return or_(
        Conversation.last_text.contains(words, autoescape=True),
        Conversation.id.in_(said),
        Conversation.consumer_id.in_(named),
    )


def counts(session: Session, *, member_id: str) -> dict[str, int]:
    """How many conversations lie in each tab."""
    still_open = own(session, Conversation.reception, Conversation.assignee_id, func.count()).where(
        Conversation.closed_at.is_(None)
    )
    tally = {"mine": 0, "waiting": 0, "ai": 0, "open": 0}
    for reception, assignee, count in session.execute(
        still_open.group_by(Conversation.reception, Conversation.assignee_id)
    ):
        tally["open"] += count
        tally["mine"] += count if assignee == member_id else 0
        if reception in {"waiting", "ai"}:
            tally[reception] += count
    return tally


def conversations_of(
    session: Session, consumer_id: str, *, limit: int = 20
) -> list[ConversationView]:
    rows = own(session, Conversation).where(Conversation.consumer_id == consumer_id)
    return [
        _view(c) for c in session.scalars(rows.order_by(Conversation.opened_at.desc()).limit(limit))
    ]


def quiet_since(session: Session, moment: datetime, *, limit: int = 200) -> list[str]:
    """Open conversations in which nobody waits and nothing was said since."""
    quiet = own(session, Conversation.id).where(
        Conversation.closed_at.is_(None),
        Conversation.waiting_since.is_(None),
        Conversation.last_at <= moment,
    )
    return list(session.scalars(quiet.limit(limit)))


def held_by(session: Session, member_id: str) -> list[str]:
    """Open conversations whose pen a member holds."""
    theirs = own(session, Conversation.id).where(
        Conversation.closed_at.is_(None), Conversation.assignee_id == member_id
    )
    return list(session.scalars(theirs))


def place_in_queue(session: Session, conversation_id: str) -> int | None:
    """1 for whoever is next; None when the conversation does not wait."""
    row = get_conversation(session, conversation_id)
    if (
        row.closed_at is not None
        or row.reception is not Reception.WAITING
        or row.person_since is None
    ):
        return None
    before = own(session, func.count(Conversation.id)).where(
        Conversation.shop_id == row.shop_id,
        Conversation.reception == Reception.WAITING,
        Conversation.closed_at.is_(None),
        Conversation.person_since < row.person_since,
    )
    return int(session.execute(before).scalar_one()) + 1


def messages_in(
    session: Session,
    conversation_id: str,
    *,
    before: int | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[MessageView]:
    """The newest messages of a thread, oldest first; `before` pages back, or `after` resumes."""
    get_conversation(session, conversation_id)
    place = {"conversation": conversation_id, "most": limit}
    if after:
        rows = do(session, _SAID_AFTER, after=min(after, BEYOND), **place).all()
    else:
        until = BEYOND if before is None else min(before, BEYOND)
        newest = do(session, _SAID_BEFORE, before=until, **place)
        rows = newest.all()[::-1]
    return [message_view(m) for m in rows]


def get_message(session: Session, message_id: str) -> MessageView:
    found = do(session, _MESSAGE, message=message_id).first()
    if found is None:
        raise NotFound("没有这条消息", "There is no such message", message=message_id)
    get_conversation(session, found.conversation_id)
    return message_view(found)


def get_attachment(session: Session, attachment_id: str) -> AttachmentView:
    found = session.scalars(own(session, Attachment).where(Attachment.id == attachment_id)).first()
    if found is None:
        raise NotFound("没有这个附件", "There is no such attachment", attachment=attachment_id)
    return attachment_view(found)


def attachment_view(a: Attachment) -> AttachmentView:
    return AttachmentView(
        a.id, a.shop_id, a.consumer_id, a.kind, a.media_type, a.sha256, a.size, a.width, a.height
    )


def message_view(m: Any) -> MessageView:
    """Of a mapped message or of a plain row."""
    return MessageView(
        m.id,
        m.conversation_id,
        m.seq,
        Author(m.author),
        m.author_id,
        m.text,
        m.attachments,
        m.said_at,
        m.client_id,
        m.reading,
        m.sources,
    )


def _view(c: Any) -> ConversationView:
    return ConversationView(
        c.id,
        c.shop_id,
        c.consumer_id,
        c.channel,
        c.opened_at,
        c.closed_at,
        c.seq,
        Reception(c.reception),
        c.assignee_id,
        c.why_person,
        c.waiting_since,
        deadline(c.waiting_since),
        c.person_since,
        c.last_at,
        c.last_text,
        c.last_author,
        c.unread,
        c.read_by_consumer,
        c.emotion,
        c.intensity,
        c.intent,
        c.issues,
    )
