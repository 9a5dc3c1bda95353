"""Whatever is said into a socket: that talk ends with a reason, and no other is harmed."""

import pytest

from diji.app import sockets
from tests.app.serving import Served, Ticket

DEEP = 100_000


def deep(opening: str = "[", closing: str = "]") -> bytes:
    return (opening * DEEP + closing * DEEP).encode()


FIRST_WORDS: list[str | bytes] = [
    "",
    "hello",
    "{",
    b"\xff\xfe\x00",
    "[" * 20_000,
    '{"token":' + "[" * 20_000,
    '{"token":{"a":1},"after":{}}',
    '{"token":"made-up","after":1e999}',
]


@pytest.mark.parametrize("path", ["/api/feed", "/api/widget/socket"])
@pytest.mark.parametrize("words", FIRST_WORDS)
async def test_wrong_first_words_end_the_talk_with_a_reason(
    standing: Served, path: str, words: str | bytes
) -> None:
    ticket: Ticket = await standing.member("xiaoli")
    async with standing.socket(path, ticket.headers) as talk:
        await talk.socket.send(words)
        if path == "/api/feed" and words == FIRST_WORDS[6]:
            assert (await talk.hears())["type"] == "hello"
            return
        assert await talk.is_closed_with() in {sockets.UNREADABLE, sockets.NOT_SIGNED_IN}


async def test_a_huge_frame_ends_its_own_talk_and_no_other(standing: Served) -> None:
    _, token = await standing.visitor()
    async with standing.widget(token) as calm, standing.widget(token) as loud:
        await calm.hears()
        await loud.hears()
        await loud.socket.send("x" * 1_000_000)
        assert await loud.is_closed_with() == 1009
        await calm.says(type="typing")
        assert (await calm.socket.ping()) is not None


async def test_nonsense_after_the_first_words_ends_the_talk(standing: Served) -> None:
    _, token = await standing.visitor()
    async with standing.widget(token) as widget:
        await widget.hears()
        await widget.says(type=["typing"], conversationId={"a": 1})
        await widget.socket.send("{")
        assert await widget.is_closed_with() == sockets.UNREADABLE


async def test_a_widget_that_asks_for_an_odd_place_gets_its_thread(standing: Served) -> None:
    _, token = await standing.visitor()
    for after in (10**30, -1, "x", None, [1], True, 1.5):
        async with standing.widget(token) as widget:
            assert (await widget.hears())["type"] == "thread"
        async with standing.socket("/api/widget/socket") as talk:
            await talk.says(token=token, after=after)
            assert (await talk.hears())["type"] == "thread"
