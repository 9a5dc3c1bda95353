"""The desk: conversations, what was said in them, and who holds the pen."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import FileResponse
from pydantic import Field

from diji.foundation import Shape
from diji.team import EVERYONE, Asker, may

from . import actions, queries
from .pictures import AttachmentOut, send_picture, store_picture
from .rules import Author
from .shapes import ConversationOut, MessageOut, show_conversation, with_delivery, with_names
from .widget_api import router as widget_router

router = APIRouter(prefix="/api", tags=["conversations"])
router.include_router(widget_router)  # first: a consumer's words are what comes most


class Counts(Shape):
    mine: int
    waiting: int
    ai: int
    open: int


class ConversationList(Shape):
    counts: Counts
    conversations: list[ConversationOut]


class ReplyIn(Shape):
    text: str = Field("", max_length=20_000)
    client_id: str = Field(min_length=8, max_length=64)
    attachments: list[str] = []
    suggestion_id: str | None = Field(None, max_length=40)


class NoteIn(Shape):
    text: str = Field(max_length=20_000)
    client_id: str = Field(min_length=8, max_length=64)


class PostedOut(Shape):
    conversation_id: str
    message_id: str
    seq: int


class ReleaseIn(Shape):
    to: Literal["ai", "waiting"]


class ReadIn(Shape):
    seq: int


Tab = Literal["mine", "waiting", "ai", "open", "closed"]


@router.get("/conversations")
async def conversations(
    tab: Tab = "open", q: str = "", asker: Asker = may(EVERYONE)
) -> ConversationList:
    me = asker.principal.member_id
    store = asker.store
    found = await store.read(
        queries.conversations, tab=tab, member_id=me, words=q.strip()[:80], now=datetime.now(UTC)
    )
    tally = await store.read(queries.counts, member_id=me)
    shown = await store.read(with_names, found)
    return ConversationList(counts=Counts.model_validate(tally), conversations=shown)


@router.get("/consumers/{consumer_id}/conversations")
async def conversations_of(consumer_id: str, asker: Asker = may(EVERYONE)) -> list[ConversationOut]:
    found = await asker.store.read(queries.conversations_of, consumer_id)
    return await asker.store.read(with_names, found)


@router.get("/conversations/{conversation_id}")
async def conversation(conversation_id: str, asker: Asker = may(EVERYONE)) -> ConversationOut:
    return await asker.store.read(show_conversation, conversation_id)


@router.get("/conversations/{conversation_id}/messages")
async def messages(
    conversation_id: str,
    before: int | None = None,
    after: int = 0,
    limit: int = 100,
    asker: Asker = may(EVERYONE),
) -> list[MessageOut]:
    """The newest messages, oldest first; `before` pages back, `after` resumes."""
    found = await asker.store.read(
        queries.messages_in,
        conversation_id,
        before=before,
        after=after,
        limit=min(max(limit, 1), 500),
    )
    return await asker.store.read(with_delivery, conversation_id, found)


@router.post("/conversations/{conversation_id}/replies", status_code=201)
async def reply(conversation_id: str, words: ReplyIn, asker: Asker = may(EVERYONE)) -> PostedOut:
    posted = await asker.store.write(
        actions.reply,
        conversation_id,
        words.text,
        author=Author.AGENT,
        author_id=asker.principal.member_id,
        client_id=words.client_id,
        attachments=tuple(words.attachments),
        suggestion_id=words.suggestion_id,
        now=datetime.now(UTC),
    )
    return PostedOut.model_validate(posted)


@router.post("/conversations/{conversation_id}/notes", status_code=201)
async def note(conversation_id: str, words: NoteIn, asker: Asker = may(EVERYONE)) -> PostedOut:
    posted = await asker.store.write(
        actions.write_note,
        conversation_id,
        words.text,
        author_id=asker.principal.member_id,
        client_id=words.client_id,
        now=datetime.now(UTC),
    )
    return PostedOut.model_validate(posted)


@router.post("/conversations/{conversation_id}/take", status_code=204)
async def take(conversation_id: str, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(
        actions.take, conversation_id, asker.principal.member_id, now=datetime.now(UTC)
    )


@router.post("/conversations/{conversation_id}/release", status_code=204)
async def release(conversation_id: str, where: ReleaseIn, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(actions.release, conversation_id, where.to, now=datetime.now(UTC))


@router.post("/conversations/{conversation_id}/close", status_code=204)
async def close(conversation_id: str, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(actions.close, conversation_id, now=datetime.now(UTC))


@router.post("/conversations/{conversation_id}/read", status_code=204)
async def read(conversation_id: str, seen: ReadIn, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(
        actions.read_up_to, conversation_id, reader="team", seq=seen.seq, now=datetime.now(UTC)
    )


@router.post("/conversations/{conversation_id}/files", status_code=201)
async def upload(
    conversation_id: str, file: Annotated[UploadFile, File()], asker: Asker = may(EVERYONE)
) -> AttachmentOut:
    view = await asker.store.read(queries.get_conversation, conversation_id)
    return await store_picture(
        asker.store, await file.read(), shop_id=view.shop_id, consumer_id=None
    )


@router.get("/files/{attachment_id}", response_class=FileResponse)
async def picture(attachment_id: str, asker: Asker = may(EVERYONE)) -> FileResponse:
    found = await asker.store.read(queries.get_attachment, attachment_id)
    return send_picture(asker.store, found)
