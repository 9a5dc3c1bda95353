"""The consumer's live thread over a real server."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from diji import conversations, team
from diji.app import sockets
from diji.conversations import Author
from diji.team.actions import remove_member
from tests.app.serving import Served, Talk
from tests.make import PATIENCE

SAID = "said"


async def say(diji: Served, token: str, text: str, key: str) -> dict[str, Any]:
    async with diji.http as http:
        answer = await http.post(
            "/api/widget/messages",
            headers={"X-Diji-Visitor": token},
            json={"text": text, "clientId": f"client-{key}"},
        )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def agent_says(diji: Served, conversation_id: str, text: str) -> None:
    await diji.store.write(
        conversations.reply,
        conversation_id,
        text,
        author=Author.AGENT,
        author_id="xiaoli",
        client_id=text,
        now=datetime.now(UTC),
    )


async def said_next(talk: Talk) -> str:
    frame = await talk.hears(lambda f: f["type"] == SAID)
    return str(frame["message"]["text"])


async def test_an_agents_words_appear_in_the_widget_under_their_name(quiet: Served) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    async with quiet.widget(token) as widget:
        await widget.hears()
        await agent_says(quiet, posted["conversationId"], "我是小李，来帮您")
        frame = await widget.hears(lambda f: f["type"] == SAID and f["message"]["name"])
    assert (frame["message"]["name"], frame["message"]["text"]) == ("小李", "我是小李，来帮您")


async def test_a_widget_that_was_away_gets_what_came_after_its_last_message(
    quiet: Served,
) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    for n in range(3):
        await agent_says(quiet, posted["conversationId"], f"第{n}句")
    async with quiet.widget(token, after=2) as widget:
        thread = await widget.hears()
    assert [m["text"] for m in thread["messages"]] == ["第1句", "第2句"]


async def test_a_widget_that_reconnects_at_any_moment_misses_nothing_and_sees_nothing_twice(
    quiet: Served,
) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    talking = asyncio.create_task(_talk_on(quiet, posted["conversationId"], sentences=100))
    seen: list[int] = []
    async with asyncio.timeout(PATIENCE):
        while not talking.done() or seen[-1] < 101:
            async with quiet.widget(token, after=seen[-1] if seen else 0) as widget:
                seen += await _listen_for(widget, 0.05)
    assert seen == list(range(1, 102))


async def _talk_on(diji: Served, conversation_id: str, *, sentences: int) -> None:
    for n in range(sentences):
        await agent_says(diji, conversation_id, f"第{n}句")
        await asyncio.sleep(0.01)


async def _listen_for(widget: Talk, seconds: float) -> list[int]:
    places: list[int] = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                frame = await widget.hears()
                if frame["type"] == "thread":
                    places += [m["seq"] for m in frame["messages"]]
                if frame["type"] == SAID:
                    places.append(frame["message"]["seq"])
    except TimeoutError:
        return places


async def test_a_note_never_reaches_the_widget(quiet: Served) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    conversation_id = posted["conversationId"]
    async with quiet.widget(token) as widget:
        await widget.hears()
        await quiet.store.write(
            conversations.write_note,
            conversation_id,
            "这位顾客很难缠",
            author_id="xiaoli",
            client_id="note-0001",
            now=datetime.now(UTC),
        )
        await agent_says(quiet, conversation_id, "您好")
        heard = [await said_next(widget)]
        while heard[-1] != "您好":
            heard.append(await said_next(widget))
    async with quiet.widget(token) as widget:
        thread = await widget.hears()
    assert "这位顾客很难缠" not in [*heard, *(m["text"] for m in thread["messages"])]


async def test_who_waits_is_told_whether_anybody_is_there(served: Served) -> None:
    _, token = await served.visitor()
    async with served.widget(token) as widget:
        await say(served, token, "转人工", "1")
        waiting = await widget.hears(lambda f: f.get("reception") == "waiting")
        assert waiting["place"] is None, "nobody is next while nobody serves"
        await served.store.write(team.change_state, "luren", "online")  # of another shop
        assert (await widget.hears(lambda f: f["type"] == "state"))["place"] is None
        await served.store.write(team.change_state, "xiaoli", "online")
        assert (await widget.hears(lambda f: f["type"] == "state"))["place"] == 1
        await served.store.write(team.change_state, "xiaoli", "away")
        assert (await widget.hears(lambda f: f["type"] == "state"))["place"] is None


async def test_what_somebody_wrote_keeps_their_name_when_they_have_left(quiet: Served) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    await agent_says(quiet, posted["conversationId"], "我是小李，来帮您")
    await quiet.store.write(remove_member, "xiaoli", now=datetime.now(UTC))
    async with quiet.widget(token) as widget:
        thread = await widget.hears()
    assert thread["messages"][-1]["name"] == "小李"


async def test_who_waits_moves_up_when_somebody_before_them_is_served(served: Served) -> None:
    await served.store.write(team.change_state, "xiaoli", "online")
    _, first = await served.visitor(name="小王")
    _, second = await served.visitor(name="小赵")
    served_first = await say(served, first, "转人工", "1")
    async with served.widget(second) as widget:
        await widget.hears()
        await say(served, second, "转人工", "2")
        assert (await widget.hears(lambda f: f["type"] == "state"))["place"] == 2
        await agent_says(served, served_first["conversationId"], "您好")
        assert (await widget.hears(lambda f: f["type"] == "state"))["place"] == 1


async def test_another_visitors_widget_stays_silent(served: Served) -> None:
    _, mine = await served.visitor(name="小王")
    _, other = await served.visitor(name="小赵")
    async with served.widget(other) as widget:
        await widget.hears()
        await say(served, mine, "转人工", "1")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(widget.hears(), 0.3)


async def test_a_made_up_token_opens_no_thread(standing: Served) -> None:
    async with standing.widget("made-up") as widget:
        assert await widget.is_closed_with() == sockets.NOT_SIGNED_IN


async def test_what_a_consumer_has_read_is_told_to_the_team(quiet: Served) -> None:
    _, token = await quiet.visitor()
    posted = await say(quiet, token, "转人工", "1")
    async with quiet.desk(await quiet.member("xiaoli")) as desk, quiet.http as http:
        headers = {"X-Diji-Visitor": token}
        answer = await http.post("/api/widget/read", headers=headers, json={"seq": posted["seq"]})
        assert answer.status_code == 204
        event = await desk.hears_event("message.read")
    assert (event["reader"], event["conversation"]["readByConsumer"]) == ("consumer", 1)
