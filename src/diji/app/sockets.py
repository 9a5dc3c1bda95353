"""The two sockets: the team's screens and the consumers' widgets."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import orjson
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from sqlalchemy.orm import Session

from diji import conversations
from diji.conversations import Sitting, ThreadOut
from diji.foundation import Refusal, Store, events_after, newest_position
from diji.team import Principal, actor_of, anyone, store_of, who_asks

from .feed import DeskLine, Feed, Line, WidgetLine
from .present import present
from .sight import may_see

router = APIRouter(prefix="/api", dependencies=[anyone])

NOT_SIGNED_IN = 4401
BAD_ORIGIN = 4403
UNREADABLE = 4400
FARTHEST_BEHIND = 2000  # events; a screen that missed more asks anew
FIRST_WORDS_WITHIN = 10.0  # seconds
TYPING_EVERY = 1.0  # seconds; who tells it oftener is not heard


@router.websocket("/feed")
async def desk(socket: WebSocket) -> None:
    """Numbered events from `after` on. The cookie says who it is; each 5 seconds it is asked again."""
    with contextlib.suppress(WebSocketDisconnect):  # they come and go
        await _desk(socket)


async def _desk(socket: WebSocket) -> None:
    await socket.accept()
    principal = await who_asks(socket)
    if principal is None or not _same_origin(socket):
        await socket.close(NOT_SIGNED_IN if principal is None else BAD_ORIGIN)
        return
    first = await _first_words(socket)
    if first is None:
        return
    feed: Feed = socket.app.state.feed
    line = DeskLine(principal=principal)
    with feed.desk(line):
        await _catch_up(socket, line, principal, first.get("after"))
        await _serve(socket, line, _hear_desk(socket, line), _still_signed_in(socket, line))


async def _catch_up(socket: WebSocket, line: DeskLine, principal: Principal, after: Any) -> None:
    store = store_of(socket).of(actor_of(principal))
    newest = await store.read(newest_position)
    line.after = newest
    behind = newest - after if isinstance(after, int) else 0
    if not 0 <= behind <= FARTHEST_BEHIND:
        await socket.send_text('{"type":"resync"}')
    elif behind:
        await _send_missed(socket, store, principal, after, newest)
    await socket.send_json({"type": "hello", "position": newest})


async def _send_missed(
    socket: WebSocket, store: Store, principal: Principal, after: int, newest: int
) -> None:
    reached = after
    while reached < newest:
        recorded = await store.read(events_after, reached)
        if not recorded:
            return
        reached = recorded[-1].position
        seen = [r for r in recorded if r.position <= newest and may_see(r.event, principal)]
        for shown in await store.read(present, seen):
            await socket.send_text(shown.frame.decode())


async def _hear_desk(socket: WebSocket, line: DeskLine) -> None:
    """What a screen tells: that its member types."""
    async for words in _typing(socket):
        principal = line.principal
        if principal and isinstance(words.get("conversationId"), str):
            store = store_of(socket).of(actor_of(principal))
            with contextlib.suppress(Refusal):
                found = await store.read(conversations.get_conversation, words["conversationId"])
                feed: Feed = socket.app.state.feed
                feed.typing_to_widget(consumer_id=found.consumer_id, name=principal.name)
                feed.typing_to_desks(
                    conversation_id=found.id, shop_id=found.shop_id, who=principal.name, but=line
                )


async def _still_signed_in(socket: WebSocket, line: DeskLine) -> None:
    """A session that was ended closes its sockets within five seconds."""
    while True:
        await asyncio.sleep(5)
        line.principal = await who_asks(socket)
        if line.principal is None:
            await socket.close(NOT_SIGNED_IN)
            return


@router.websocket("/widget/socket")
async def widget(socket: WebSocket) -> None:
    """A consumer's own thread, from `after` on; the first words carry the visitor token."""
    with contextlib.suppress(WebSocketDisconnect):
        await _widget(socket)


async def _widget(socket: WebSocket) -> None:
    await socket.accept()
    first = await _first_words(socket)
    if first is None:
        return
    try:
        sitting = await conversations.find_sitting(store_of(socket), str(first.get("token", "")))
    except Refusal:
        await socket.close(NOT_SIGNED_IN)
        return
    feed: Feed = socket.app.state.feed
    line = WidgetLine(sitting=sitting)
    with feed.widget(line, sitting.consumer_id):
        after = first.get("after")
        seen = after if isinstance(after, int) and 0 <= after < conversations.BEYOND else 0
        thread, line.after = await sitting.store.read(_thread_now, sitting.consumer_id, after=seen)
        line.waits = thread.reception is conversations.Reception.WAITING
        await socket.send_json({"type": "thread", **thread.model_dump(mode="json", by_alias=True)})
        await _serve(socket, line, _hear_widget(socket, sitting))


def _thread_now(session: Session, consumer_id: str, *, after: int) -> tuple[ThreadOut, int]:
    """The thread and the ledger's position in one snapshot: what comes later is pushed, nothing twice."""
    thread = conversations.thread_of(session, consumer_id, after=after)
    return thread, newest_position(session)


async def _hear_widget(socket: WebSocket, sitting: Sitting) -> None:
    async for _ in _typing(socket):
        found = await sitting.store.read(conversations.find_open, sitting.consumer_id)
        if found:
            feed: Feed = socket.app.state.feed
            feed.typing_to_desks(conversation_id=found.id, shop_id=found.shop_id, who="consumer")


async def _typing(socket: WebSocket) -> AsyncIterator[dict[str, Any]]:
    """That somebody types, at most once a second: every screen of the shop is told."""
    heard = 0.0
    async for words in _words(socket):
        now = time.monotonic()
        if words.get("type") == "typing" and now - heard >= TYPING_EVERY:
            heard = now
            yield words


async def _first_words(socket: WebSocket) -> dict[str, Any] | None:
    try:
        async with asyncio.timeout(FIRST_WORDS_WITHIN):
            async for words in _words(socket):
                return words
    except (TimeoutError, WebSocketDisconnect):
        pass
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(UNREADABLE)
    return None


async def _words(socket: WebSocket) -> AsyncIterator[dict[str, Any]]:
    """What the client says, as objects; anything else ends the talk."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            words = orjson.loads(message.get("text") or message.get("bytes") or b"")
        except orjson.JSONDecodeError:
            await socket.close(UNREADABLE)
            return
        if isinstance(words, dict):
            yield words


async def _serve(socket: WebSocket, line: Line, *talks: Any) -> None:
    """Send what waits until either side ends."""
    tasks = [asyncio.create_task(talk) for talk in (_send(socket, line), *talks)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await socket.close()


async def _send(socket: WebSocket, line: Line) -> None:
    while (frame := await line.next()) is not None:
        await socket.send_text(frame.decode())


def _same_origin(socket: WebSocket) -> bool:
    """Browsers tell where a page comes from; only our own may listen."""
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")
