"""Simulated buyers: they speak when somebody looks, hear what is answered, and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from diji import channels, conversations
from diji.app.feed import DeskLine
from diji.channels import Outgoing
from diji.conversations import Author, ConversationView
from diji.demo import DemoHome
from diji.demo.platform import SimulatedPlatform
from diji.foundation import Warehouse
from diji.team import Principal, Role
from tests.demo.make import Playing, playing
from tests.make import eventually

Empty = tuple[Warehouse, DemoHome]


@asynccontextmanager
async def a_play(empty: Empty) -> AsyncIterator[Playing]:
    async with playing(*empty) as demo:
        demo.stage.seeding.run = _nothing_to_seed  # type: ignore[method-assign]
        demo.stage.seeding.has_orders.set()
        task = asyncio.create_task(demo.stage.play(demo.app))
        yield demo
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _nothing_to_seed() -> None:
    """The buyers need no goods to talk."""


def somebody_looks(demo: Playing):
    admin = Principal("admin", "管理员", Role.ADMIN, None, csrf="")
    return demo.app.state.feed.desk(DeskLine(principal=admin))


async def held(demo: Playing, tab: str = "open") -> list[ConversationView]:
    now = datetime.now(UTC)
    return await demo.stage.store.read(conversations.conversations, tab=tab, member_id="", now=now)


async def test_nobody_speaks_while_nobody_looks(empty: Empty) -> None:
    async with a_play(empty) as demo:
        await asyncio.sleep(0.4)
        assert await held(demo) == []


async def test_buyers_speak_once_a_desk_is_open(empty: Empty) -> None:
    async with a_play(empty) as demo:
        with somebody_looks(demo):
            await eventually(lambda: held(demo))
            first = (await held(demo))[0]
    assert first.channel == "simulated"


async def test_what_an_agent_answers_goes_out_to_the_buyer(empty: Empty) -> None:
    async with a_play(empty) as demo:
        store = demo.stage.store
        with somebody_looks(demo):
            spoke = (await eventually(lambda: held(demo)))[0]
        posted = await store.write(
            conversations.reply, spoke.id, "您好，我来帮您看一下。", author=Author.AGENT,
            author_id="xiaozhou", client_id="answer-1", now=datetime.now(UTC),
        )  # fmt: skip

        async def sent() -> bool:
            states = await store.read(channels.deliveries_of, spoke.id)
            return states.get(posted.message_id) == "sent"

        await eventually(sent)
        platform = channels.find_channel("simulated")
        assert platform is not None
        answer = Outgoing(posted.message_id, spoke.shop_id, "sim-000", "")
        assert await platform.was_sent(answer) is True


async def test_who_has_said_everything_is_gone_after_a_while(empty: Empty) -> None:
    async with a_play(empty) as demo:
        with somebody_looks(demo):
            closed = await eventually(lambda: held(demo, "closed"))
    assert closed[0].closed_at is not None


async def test_never_more_than_eight_talk_at_once(empty: Empty) -> None:
    async with a_play(empty) as demo:
        most = 0
        with somebody_looks(demo):
            for _ in range(60):
                most = max(most, len(await held(demo)))
                await asyncio.sleep(0.02)
    assert 1 <= most <= 8


async def test_the_platform_remembers_across_a_crash_what_it_was_given(empty: Empty) -> None:
    path = empty[1].path / "simulated.sent"
    outgoing = Outgoing("m-1", "tmall", "sim-001", "您好")
    assert await SimulatedPlatform(path).was_sent(outgoing) is False
    await SimulatedPlatform(path).send(outgoing)
    assert await SimulatedPlatform(path).was_sent(outgoing) is True
