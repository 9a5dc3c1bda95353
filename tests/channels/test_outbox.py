"""Replies to platforms: written with the reply, delivered once, never sent blindly again."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from diji import channels, conversations
from diji.channels import DeliveryFailed, Outgoing
from diji.channels.actions import begin_sending
from diji.channels.reactions import deliver
from diji.channels.registry import _CHANNELS
from diji.channels.rules import MOST_ATTEMPTS
from diji.conversations import Author, Heard, PenTaken
from diji.events import DeliveryChanged
from diji.foundation import REACTIONS, Store, events_after, has_work
from tests.make import SHOP, Shop, eventually, now


@dataclass
class Twin:
    """A platform in memory. `fails` are raised one after another before it works."""

    fails: list[BaseException] = field(default_factory=list)
    can_tell: bool = True
    loses_the_answer: bool = False
    sent: list[Outgoing] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append(outgoing)
        if self.loses_the_answer:
            raise TimeoutError
        return f"platform-{len(self.sent)}"

    async def was_sent(self, outgoing: Outgoing) -> bool | None:
        return outgoing in self.sent if self.can_tell else None


@pytest.fixture
def twin() -> Iterator[Twin]:
    platform = Twin()
    channels.register("twin", platform)
    yield platform
    del _CHANNELS["twin"]


async def replied(store: Store, text: str = "您好，在的") -> tuple[str, str]:
    """(conversation, message) of a reply that waits in the outbox."""
    heard = Heard(SHOP, "twin", "wang", "buyer-7", "1", "在吗")
    where = (await store.write(conversations.hear, heard, now=now())).conversation_id
    posted = await store.write(
        conversations.reply, where, text, author=Author.COPILOT, caused_by="e1", now=now()
    )
    return where, posted.message_id


async def state(store: Store, where: str) -> str:
    return next(iter((await store.read(channels.deliveries_of, where)).values()))


async def told(store: Store) -> list[str]:
    events = [r.event for r in await store.read(events_after, 0)]
    return [e.state for e in events if isinstance(e, DeliveryChanged)]


async def test_a_reply_and_its_way_out_are_written_together(store: Store, twin: Twin) -> None:
    where, message_id = await replied(store)
    assert await state(store, where) == "queued"
    assert await store.read(has_work)
    await deliver(store, message_id=message_id)
    assert [(o.recipient, o.text) for o in twin.sent] == [("buyer-7", "您好，在的")]
    assert await state(store, where) == "sent"
    assert await told(store) == ["sent"]


async def test_a_reply_that_is_refused_leaves_nothing_in_the_outbox(
    store: Store, twin: Twin
) -> None:
    where, message_id = await replied(store)
    await store.write(conversations.take, where, "xiaoli", now=now())
    with pytest.raises(PenTaken):
        await store.write(
            conversations.reply, where, "再答", author=Author.COPILOT, caused_by="e2", now=now()
        )
    assert set(await store.read(channels.deliveries_of, where)) == {message_id}
    assert twin.sent == []


async def test_a_reply_posted_twice_goes_out_once(store: Store, twin: Twin) -> None:
    where, message_id = await replied(store)
    await store.write(
        conversations.reply, where, "您好", author=Author.COPILOT, caused_by="e1", now=now()
    )
    await deliver(store, message_id=message_id)
    await deliver(store, message_id=message_id)
    assert len(twin.sent) == 1


async def test_the_widget_reads_the_thread_itself_and_needs_no_outbox(store: Store) -> None:
    heard = Heard(SHOP, "widget", "wang", "wang", "1", "在吗")
    where = (await store.write(conversations.hear, heard, now=now())).conversation_id
    await store.write(
        conversations.reply, where, "在", author=Author.COPILOT, caused_by="e1", now=now()
    )
    assert await store.read(channels.deliveries_of, where) == {}


async def test_after_a_crash_what_the_platform_has_is_not_sent_again(
    store: Store, twin: Twin
) -> None:
    where, message_id = await replied(store)
    begun = await store.write(begin_sending, message_id, now=now())
    assert begun is not None
    await twin.send(begun[2])  # and then the process dies
    assert await state(store, where) == "sending"
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "sent"
    assert len(twin.sent) == 1


async def test_after_a_crash_what_the_platform_does_not_have_is_sent(
    store: Store, twin: Twin
) -> None:
    where, message_id = await replied(store)
    await store.write(begin_sending, message_id, now=now())
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "sent"
    assert len(twin.sent) == 1


async def test_after_a_crash_nobody_can_look_into_a_person_decides(
    store: Store, twin: Twin
) -> None:
    twin.can_tell = False
    where, message_id = await replied(store)
    await store.write(begin_sending, message_id, now=now())
    for _ in range(3):
        await deliver(store, message_id=message_id)
    assert await state(store, where) == "unknown"
    assert await told(store) == ["unknown"]
    assert twin.sent == []


async def test_an_answer_that_got_lost_is_looked_up_and_not_sent_again(
    store: Store, twin: Twin
) -> None:
    twin.loses_the_answer = True
    where, message_id = await replied(store)
    with pytest.raises(TimeoutError):
        await deliver(store, message_id=message_id)
    assert await state(store, where) == "sending"
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "sent"
    assert len(twin.sent) == 1


async def test_who_kills_the_call_leaves_a_question_and_never_a_second_message(
    store: Store, twin: Twin
) -> None:
    twin.fails, twin.can_tell = [asyncio.CancelledError()], False
    where, message_id = await replied(store)
    with pytest.raises(asyncio.CancelledError):
        await deliver(store, message_id=message_id)
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "unknown"
    assert twin.sent == []


async def test_a_lasting_failure_tells_the_team_and_is_not_tried_again(
    store: Store, twin: Twin
) -> None:
    twin.fails = [DeliveryFailed("the buyer blocked us", permanent=True)]
    where, message_id = await replied(store)
    await deliver(store, message_id=message_id)
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "failed"
    assert await told(store) == ["failed"]
    assert twin.sent == []


async def test_a_passing_failure_is_tried_again(store: Store, twin: Twin) -> None:
    twin.fails = [DeliveryFailed("busy", permanent=False)]
    where, message_id = await replied(store)
    with pytest.raises(DeliveryFailed):
        await deliver(store, message_id=message_id)
    assert await state(store, where) == "queued"
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "sent"


async def test_what_keeps_failing_is_given_up_and_the_team_told(store: Store, twin: Twin) -> None:
    twin.fails = [DeliveryFailed("busy", permanent=False) for _ in range(50)]
    where, message_id = await replied(store)
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(DeliveryFailed):
            await deliver(store, message_id=message_id)
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "failed"
    assert await told(store) == ["failed"]


async def test_a_platform_that_never_answers_the_question_leaves_it_to_a_person(
    store: Store, twin: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: Outgoing) -> bool:
        raise TimeoutError

    where, message_id = await replied(store)
    await store.write(begin_sending, message_id, now=now())
    monkeypatch.setattr(twin, "was_sent", silent)
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(TimeoutError):
            await deliver(store, message_id=message_id)
    await deliver(store, message_id=message_id)
    assert await state(store, where) == "unknown"


async def test_a_channel_that_is_gone_is_told_to_the_team(store: Store, twin: Twin) -> None:
    where, message_id = await replied(store)
    del _CHANNELS["twin"]
    await deliver(store, message_id=message_id)
    channels.register("twin", twin)
    assert await state(store, where) == "failed"


async def test_the_worker_delivers_by_itself(shop: Shop, twin: Twin) -> None:
    assert "deliver" in REACTIONS.to_work
    where, message_id = await replied(shop.store)

    async def is_sent() -> bool:
        return (await shop.store.read(channels.deliveries_of, where))[message_id] == "sent"

    await eventually(is_sent)
    assert [o.message_id for o in twin.sent].count(message_id) == 1
