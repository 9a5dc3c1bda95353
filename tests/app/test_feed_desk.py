"""The team's live feed over a real server: numbered, filtered, resumed without a gap or an echo."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from diji import conversations, knowledge
from diji.app import feed as feed_room
from diji.app import sockets
from diji.app.feed import Line
from diji.conversations import Author, Heard
from diji.foundation import newest_position
from tests.app.serving import Served, Talk, Ticket, serving
from tests.make import OTHER_SHOP, PATIENCE, SHOP, article

SAID = "consumer.spoke"


async def speak(diji: Served, text: str, *, who: str, key: str, shop_id: str = SHOP) -> str:
    heard = Heard(shop_id, "widget", who, who, key, text)
    posted = await diji.store.write(conversations.hear, heard, now=datetime.now(UTC))
    return posted.conversation_id


async def until_hello(talk: Talk) -> list[dict[str, Any]]:
    """The frames before the feed is live, hello included."""
    frames = [await talk.hears()]
    while frames[-1]["type"] != "hello":
        frames.append(await talk.hears())
    return frames


async def nothing_from(talk: Talk) -> bool:
    try:
        await asyncio.wait_for(talk.hears(), 0.3)
    except TimeoutError:
        return True
    return False


async def test_what_a_consumer_says_is_on_the_agents_screen_with_its_words(served: Served) -> None:
    who, _ = await served.visitor()
    async with served.desk(await served.member("xiaoli")) as desk:
        await speak(served, "请问有优惠吗", who=who, key="1")
        event = await asyncio.wait_for(desk.hears_event(SAID), 2)
    assert event["message"]["text"] == "请问有优惠吗"
    assert event["conversation"]["consumerName"] == "小王"


async def test_an_alert_of_a_hand_over_arrives_within_a_second(served: Served) -> None:
    who, _ = await served.visitor()
    async with served.desk(await served.member("xiaoli")) as desk:
        began = time.monotonic()
        await speak(served, "转人工", who=who, key="1")
        event = await desk.hears_event("conversation.handed_over")
    assert time.monotonic() - began < 1
    assert event["why"] == ["human_request"]
    assert event["conversation"]["reception"] == "waiting"


async def test_a_consumers_message_brings_a_cited_suggestion_to_the_screen(served: Served) -> None:
    words = article("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await served.store.write(_write_article, words)
    who, _ = await served.visitor()
    async with served.desk(await served.member("xiaoli")) as desk:
        await speak(served, "转人工，请问满多少包邮", who=who, key="1")
        event = await asyncio.wait_for(desk.hears_event("suggestions.offered"), 2)
    offered = next(s for s in event["suggestions"] if s["kind"] == "article")
    assert offered["text"] == "满59元包邮。"
    assert offered["sources"][0]["title"] == "包邮规则"


def _write_article(session: Any, words: dict[str, Any]) -> None:
    knowledge.write_article(session, words, now=datetime.now(UTC))


async def test_a_screen_that_was_away_gets_what_it_missed_across_a_restart(
    fresh_home: Path,
) -> None:
    with serving(fresh_home, run_worker=False) as diji:
        who, _ = await diji.visitor()
        ticket = await diji.member("xiaoli")
        async with diji.desk(ticket) as desk:
            await speak(diji, "第1句", who=who, key="1")
            seen = await desk.hears(lambda f: f.get("name") == SAID)
        await speak(diji, "第2句", who=who, key="2")
    with serving(fresh_home, run_worker=False) as diji:
        await speak(diji, "第3句", who=who, key="3")
        async with diji.desk(ticket, after=seen["position"]) as desk:
            missed = await until_hello(desk)
            await speak(diji, "第4句", who=who, key="4")
            live = await desk.hears()
    said = [f["event"]["message"]["text"] for f in [*missed, live] if f.get("name") == SAID]
    assert said == ["第2句", "第3句", "第4句"]


async def test_who_reconnects_at_any_moment_misses_nothing_and_sees_nothing_twice(
    served: Served,
) -> None:
    who, _ = await served.visitor()
    ticket = await served.member("lao_zhang")
    begun = await served.store.read(newest_position)
    talking = asyncio.create_task(_talk_on(served, who, sentences=150))
    seen: list[int] = []
    last = begun
    async with asyncio.timeout(3 * PATIENCE):
        while not talking.done() or last < await served.store.read(newest_position):
            async with served.desk(ticket, after=last) as desk:
                seen += await _listen_for(desk, 0.03 + (len(seen) % 5) / 50)
            last = seen[-1] if seen else last
    assert seen == list(range(begun + 1, last + 1))


async def _talk_on(diji: Served, who: str, *, sentences: int) -> None:
    for n in range(sentences):
        await speak(diji, f"第{n}句，谢谢", who=who, key=f"{n}")
        await asyncio.sleep(0.01)


async def _listen_for(desk: Talk, seconds: float) -> list[int]:
    """The positions that came before the line was cut."""
    positions: list[int] = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                frame = await desk.hears()
                assert frame["type"] != "resync"
                if frame["type"] == "event":
                    positions.append(frame["position"])
    except TimeoutError:
        return positions


async def test_frames_pushed_while_a_screen_catches_up_are_not_sent_again() -> None:
    line = Line()
    for position in (7, 8, 9):
        line.push(b"%d" % position, position)
    line.push(b"typing")
    line.after = 8  # the ledger was read up to here
    assert await line.next() == b"9\ntyping"


async def test_a_screen_that_is_too_far_behind_is_told_to_ask_anew(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "FARTHEST_BEHIND", 3)
    who, _ = await served.visitor()
    ticket = await served.member("xiaoli")
    await speak(served, "你好", who=who, key="1")
    async with served.desk(ticket, after=1) as desk:
        assert [f["type"] for f in await until_hello(desk)] == ["resync", "hello"]


@pytest.mark.parametrize("after", [10**30, 999_999, "x", [], -(10**30)])
async def test_a_position_that_never_was_harms_nobody(standing: Served, after: Any) -> None:
    async with standing.desk(await standing.member("xiaoli"), after) as desk:
        frames = await asyncio.wait_for(until_hello(desk), 2)
    assert frames[-1]["type"] == "hello"


async def test_a_screen_that_is_too_slow_is_told_to_ask_anew_and_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_room, "LONGEST_QUEUE", 3)
    line = Line()
    for position in range(1, 10):
        line.push(b"event", position)
    assert await line.next() == b"\n".join([b"event", b"event", b"event", b'{"type":"resync"}'])
    assert await line.next() is None


async def test_what_waits_is_sent_at_once_in_order_without_what_the_client_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_room, "MOST_AT_ONCE", 3)
    line = Line(after=2)
    for position in range(1, 8):
        line.push(b"%d" % position, position)
    assert [await line.next(), await line.next()] == [b"3\n4\n5", b"6\n7"]
    line.end()
    assert await line.next() is None


async def test_a_screen_that_never_reads_does_not_hold_up_the_others(
    fresh_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_room, "LONGEST_QUEUE", 20)
    with serving(fresh_home, run_worker=False) as diji:
        who, _ = await diji.visitor()
        ticket = await diji.member("xiaoli")
        deaf = diji.socket("/api/feed", ticket.headers, max_queue=1)
        async with deaf as slow, diji.desk(ticket) as quick:
            await slow.says(after=None)
            for n in range(120):
                await speak(diji, f"{n}" + "长" * 3900, who=who, key=f"{n}")
                event = await asyncio.wait_for(quick.hears_event(SAID), 2)
                assert event["seq"] == n + 1


async def test_an_agent_of_another_shop_hears_nothing_of_it(served: Served) -> None:
    who, token = await served.visitor()
    async with (
        served.desk(await served.member("luren")) as stranger,
        served.desk(await served.member("xiaoli")) as desk,
        served.widget(token) as widget,
    ):
        await speak(served, "转人工", who=who, key="1")
        await widget.says(type="typing")
        await desk.hears(lambda f: f["type"] == "typing")
        assert await nothing_from(stranger)


async def test_whoever_types_without_end_is_heard_once_a_second(served: Served) -> None:
    who, token = await served.visitor()
    async with (
        served.desk(await served.member("xiaoli")) as desk,
        served.widget(token) as widget,
    ):
        await speak(served, "转人工", who=who, key="1")
        for _ in range(300):
            await widget.says(type="typing")
        await speak(served, "在吗", who=who, key="2")
        typed = 0
        async with asyncio.timeout(5):
            while True:
                frame = await desk.hears(lambda f: f["type"] == "typing" or f.get("name") == SAID)
                typed += frame["type"] == "typing"
                if frame.get("name") == SAID and frame["event"]["seq"] > 1:
                    break
        assert typed <= 2


async def test_an_agent_of_another_shop_catches_up_on_nothing_of_it(served: Served) -> None:
    who, _ = await served.visitor()
    other, _ = await served.visitor(OTHER_SHOP)
    before = await served.store.read(newest_position)
    ticket = await served.member("luren")
    await speak(served, "你好", who=who, key="1")
    await speak(served, "在吗", who=other, key="2", shop_id=OTHER_SHOP)
    async with served.desk(ticket, after=before) as desk:
        frames = await until_hello(desk)
    shops = {f["event"]["shopId"] for f in frames if f.get("name") == SAID}
    assert shops == {OTHER_SHOP}


async def quiet_position(served: Served) -> int:
    """The end of the ledger once the house has reacted to everything."""
    reached = -1
    while (newest := await served.store.read(newest_position)) != reached:
        reached = newest
        await asyncio.sleep(0.5)
    return reached


async def test_typing_is_seen_on_both_sides_and_stored_on_none(served: Served) -> None:
    who, token = await served.visitor()
    conversation_id = await speak(served, "你好", who=who, key="1")
    async with (
        served.desk(await served.member("xiaoli")) as desk,
        served.widget(token) as widget,
    ):
        before = await quiet_position(served)
        await widget.says(type="typing")
        heard = await desk.hears(lambda f: f["type"] == "typing")
        assert heard == {"type": "typing", "conversationId": conversation_id, "who": "consumer"}
        await desk.says(type="typing", conversationId=conversation_id)
        assert (await widget.hears(lambda f: f["type"] == "typing"))["name"] == "小李"
        assert await served.store.read(newest_position) == before


async def test_who_is_not_signed_in_hears_nothing(standing: Served) -> None:
    known = await standing.member("xiaoli")
    # Refused before any word: a hello sent now would sometimes meet a closed door.
    async with standing.socket("/api/feed", Ticket("made-up", "", known.name).headers) as desk:
        assert await desk.is_closed_with() == sockets.NOT_SIGNED_IN


async def test_a_page_from_elsewhere_may_not_listen(standing: Served) -> None:
    ticket = await standing.member("xiaoli")
    headers = ticket.headers | {"Origin": "https://evil.example"}
    async with standing.socket("/api/feed", headers) as desk:
        assert await desk.is_closed_with() == sockets.BAD_ORIGIN


async def test_a_session_that_ends_closes_its_screens_within_five_seconds(served: Served) -> None:
    ticket = await served.member("xiaoli")
    async with served.desk(ticket) as desk, served.http as http:
        await http.post("/api/sign-out", headers=ticket.headers)
        assert await asyncio.wait_for(desk.is_closed_with(), 6) == sockets.NOT_SIGNED_IN


async def test_an_agents_reply_is_on_every_screen_with_its_author(quiet: Served) -> None:
    who, _ = await quiet.visitor()
    conversation_id = await speak(quiet, "转人工", who=who, key="1")
    async with quiet.desk(await quiet.member("lao_zhang")) as desk:
        await quiet.store.write(
            conversations.reply,
            conversation_id,
            "我来帮您",
            author=Author.AGENT,
            author_id="xiaoli",
            client_id="client-1",
            now=datetime.now(UTC),
        )
        event = await desk.hears_event("reply.posted")
    assert (event["author"], event["message"]["text"]) == ("agent", "我来帮您")
