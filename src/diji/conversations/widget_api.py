"""The widget's face: what a consumer may see and do, proven by a visitor token."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import Field
from sqlalchemy.orm import Session

from diji import commerce, consumers, team
from diji.foundation import Actor, NotAllowed, NotSignedIn, RateLimit, Shape, Store, own
from diji.team import anyone, store_of

from . import actions, queries
from .hearing import hear
from .models import Conversation
from .pictures import AttachmentOut, send_picture, store_picture
from .rules import Author, Heard, Reception
from .shapes import MessageOut

router = APIRouter(prefix="/widget", tags=["widget"])

CHANNEL = "widget"
_VISITS = RateLimit(per_minute=60, burst=60)
_MESSAGES = RateLimit(per_minute=40, burst=20)
_PICTURES = RateLimit(per_minute=12, burst=9)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A visitor in front of a widget, and the store bound to their shop."""

    consumer_id: str
    shop_id: str
    store: Store


async def sitting(request: Request) -> Sitting:
    return await find_sitting(store_of(request), request.headers.get("x-diji-visitor", ""))


async def find_sitting(store: Store, token: str) -> Sitting:
    """Who holds this visitor token; raises `NotSignedIn`."""
    visitor = await _visitor(store, token) if token else None
    if visitor is None:
        raise NotSignedIn("请刷新页面后重试", "Reload the page and try again")
    actor = Actor("consumer", visitor.consumer_id, "consumer", frozenset({visitor.shop_id}))
    return Sitting(visitor.consumer_id, visitor.shop_id, store.of(actor))


_Known = OrderedDict[tuple[str, str], tuple[float, consumers.Visitor]]
KNOWN_FOR = 60.0  # seconds; a token's consumer never changes, but a consumer may be erased
MOST_KNOWN = 20_000


async def _visitor(store: Store, token: str) -> consumers.Visitor | None:
    """Who holds the token; somebody who writes often is not looked up for each message."""
    visitors: _Known = store.memory.setdefault("visitors", OrderedDict())
    key, now = (store.tenant_id, token), time.monotonic()
    until, known = visitors.get(key, (0.0, None))
    if known and now < until:
        return known
    found = await store.read(consumers.find_visitor, token)
    if found:
        visitors[key] = (now + KNOWN_FOR, found)
        if len(visitors) > MOST_KNOWN:
            visitors.popitem(last=False)
    return found


Visiting = Annotated[Sitting, Depends(sitting)]


class SayIn(Shape):
    text: str = Field("", max_length=20_000)
    client_id: str = Field(min_length=8, max_length=64)
    attachments: list[str] = []


class SaidIn(Shape):
    conversation_id: str
    message_id: str
    seq: int


@router.post("/messages", status_code=201, dependencies=[anyone])
async def say(words: SayIn, who: Visiting) -> SaidIn:
    """Say something; the same `clientId` twice is one message."""
    _MESSAGES.take(who.consumer_id)
    heard = Heard(
        shop_id=who.shop_id,
        channel=CHANNEL,
        consumer_id=who.consumer_id,
        recipient=who.consumer_id,
        external_id=f"{who.consumer_id}:{words.client_id}",
        text=words.text,
        attachments=tuple(words.attachments),
        client_id=words.client_id,
    )
    posted = await who.store.write(hear, heard, now=datetime.now(UTC))
    return SaidIn.model_validate(posted)


class SignedUser(Shape):
    """Who the shop's own site says the visitor is; `signature` = HMAC-SHA256(widget key, "shop:id")."""

    id: str = Field(min_length=1, max_length=100)
    name: str = Field("", max_length=80)
    signature: str = Field(max_length=128)


class VisitIn(Shape):
    token: str | None = Field(None, max_length=200)
    user: SignedUser | None = None


class VisitOut(Shape):
    token: str
    shop: str
    colour: str


class SaidOut(Shape):
    """A message as the consumer sees it."""

    seq: int
    author: Author
    name: str | None
    text: str
    attachments: list[AttachmentOut]
    said_at: datetime
    client_id: str | None


class ThreadOut(Shape):
    """The consumer's newest conversation.

    `place` is 1 for whoever is next to be served by a person, None while nobody is at the desk.
    """

    conversation_id: str | None
    closed: bool
    reception: Reception | None
    agent: str | None
    place: int | None
    read_by_us: int
    messages: list[SaidOut]


class SeenIn(Shape):
    seq: int = Field(ge=0, le=2**31)


class LookOut(Shape):
    """What the launcher shows before anybody has said a word."""

    shop: str
    colour: str


@router.get("/{shop_id}/look", dependencies=[anyone])
async def look(shop_id: str, request: Request, response: Response) -> LookOut:
    """Readable from every site, since the launcher stands in the shop's own page."""
    shop = await store_of(request).read(team.get_shop, shop_id)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return LookOut(shop=shop.name, colour=shop.colour)


@router.post("/{shop_id}/visit", dependencies=[anyone])
async def visit(shop_id: str, came: VisitIn, request: Request) -> VisitOut:
    """Open the widget: a known token stays, a signed user is recognised, everybody else is new."""
    store = store_of(request)
    shop = await store.read(team.get_shop, shop_id)
    if came.user and not consumers.is_signed(
        shop.widget_key, shop_id, came.user.id, came.user.signature
    ):
        raise NotAllowed("身份签名不正确", "The identity signature is wrong")
    token = came.token or ""
    if not await store.read(_still_theirs, shop_id, token, came.user):
        _VISITS.take(request.client.host if request.client else "unknown")
        token = await store.write(_come_in, shop_id, came.user, now=datetime.now(UTC))
    return VisitOut(token=token, shop=shop.name, colour=shop.colour)


def _still_theirs(session: Session, shop_id: str, token: str, user: SignedUser | None) -> bool:
    """Whether the token a browser kept is that of whoever sits there now."""
    visitor = consumers.find_visitor(session, token) if token else None
    if visitor is None or visitor.shop_id != shop_id:
        return False
    if user is None:
        return True
    known = consumers.find_known(session, shop_id=shop_id, channel=CHANNEL, external_id=user.id)
    return known == visitor.consumer_id


def _come_in(session: Session, shop_id: str, user: SignedUser | None, *, now: datetime) -> str:
    if user is None:
        return consumers.welcome_visitor(session, shop_id=shop_id, now=now)[1]
    consumer_id = consumers.recognise(
        session, shop_id=shop_id, channel=CHANNEL, external_id=user.id, name=user.name, now=now
    )
    return consumers.give_token(session, consumer_id=consumer_id, shop_id=shop_id, now=now)


@router.get("/thread", dependencies=[anyone])
async def thread(who: Visiting, after: int = 0) -> ThreadOut:
    return await who.store.read(thread_of, who.consumer_id, after=after)


def thread_of(session: Session, consumer_id: str, *, after: int = 0) -> ThreadOut:
    """The consumer's newest conversation from `after` on, without notes and without the machine's guesses."""
    newest = own(session, Conversation.id).where(Conversation.consumer_id == consumer_id)
    row = session.execute(newest.order_by(Conversation.opened_at.desc()).limit(1)).first()
    if row is None:
        return ThreadOut(
            conversation_id=None,
            closed=False,
            reception=None,
            agent=None,
            place=None,
            read_by_us=0,
            messages=[],
        )
    view = queries.get_conversation(session, row[0])
    names = _names(session)
    said = queries.messages_in(session, view.id, after=after, limit=200)
    return ThreadOut(
        conversation_id=view.id,
        closed=view.closed_at is not None,
        reception=view.reception,
        agent=names.get(view.assignee_id or ""),
        place=queries.place_in_queue(session, view.id) if _served(session, view) else None,
        read_by_us=0 if view.unread else view.seq,
        messages=[said_out(m, names) for m in said if m.author is not Author.NOTE],
    )


def _served(session: Session, view: queries.ConversationView) -> bool:
    waits = view.closed_at is None and view.reception is Reception.WAITING
    return waits and team.somebody_serves(session, view.shop_id)


def _names(session: Session) -> dict[str, str]:
    return {m.id: m.name for m in team.colleagues(session)}


def said_out(message: queries.MessageView | MessageOut, names: dict[str, str]) -> SaidOut:
    shown: dict[str, Any] = {"name": names.get(message.author_id or "")}
    if message.author is Author.CONSUMER:
        shown["name"] = None
    return SaidOut(
        seq=message.seq,
        author=message.author,
        text=message.text,
        said_at=message.said_at,
        attachments=[AttachmentOut.model_validate(a) for a in message.attachments],
        client_id=message.client_id if message.author is Author.CONSUMER else None,
        **shown,
    )


class OrderCard(Shape):
    """An order as its own consumer sees it; money in fen."""

    id: str
    state: str
    placed_at: datetime
    total: int
    names: list[str]


@router.get("/orders", dependencies=[anyone])
async def orders(who: Visiting) -> list[OrderCard]:
    """The visitor's own orders, to point at one of them."""
    found = await who.store.read(commerce.orders_of, who.consumer_id, limit=5)
    return [
        OrderCard(
            id=order.id,
            state=order.state.value,
            placed_at=order.placed_at,
            total=order.total,
            names=[str(line["name"]) for line in order.lines],
        )
        for order in found
    ]


@router.post("/read", status_code=204, dependencies=[anyone])
async def seen(mark: SeenIn, who: Visiting) -> None:
    still_open = await who.store.read(queries.find_open, who.consumer_id)
    if still_open:
        await who.store.write(
            actions.read_up_to,
            still_open.id,
            reader="consumer",
            seq=mark.seq,
            now=datetime.now(UTC),
        )


@router.post("/files", status_code=201, dependencies=[anyone])
async def upload(file: Annotated[UploadFile, File()], who: Visiting) -> AttachmentOut:
    _PICTURES.take(who.consumer_id)
    return await store_picture(
        who.store, await file.read(), shop_id=who.shop_id, consumer_id=who.consumer_id
    )


@router.get("/files/{attachment_id}", dependencies=[anyone], response_class=FileResponse)
async def picture(attachment_id: str, who: Visiting) -> FileResponse:
    """A picture of the visitor's own thread."""
    found = await who.store.read(queries.get_attachment, attachment_id)
    shown = await who.store.read(thread_of, who.consumer_id)
    in_thread = {a.id for message in shown.messages for a in message.attachments}
    if found.consumer_id != who.consumer_id and attachment_id not in in_thread:
        raise NotAllowed("没有权限查看", "Not yours to see")
    return send_picture(who.store, found)
