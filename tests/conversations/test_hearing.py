"""What consumers say is taken in once, in order, and as it was said."""

import asyncio
from datetime import timedelta

import pytest

from diji import conversations
from diji.conversations import Heard, MessageView
from diji.events import ConsumerSpoke
from diji.foundation import Invalid, Store, events_after
from tests.make import SHOP, now


def words(text: str = "你好", *, key: str = "1", who: str = "wang") -> Heard:
    return Heard(SHOP, "widget", who, who, key, text)


async def hear(store: Store, text: str = "你好", *, key: str = "1", who: str = "wang") -> str:
    posted = await store.write(conversations.hear, words(text, key=key, who=who), now=now())
    return posted.conversation_id


async def thread(store: Store, conversation_id: str) -> list[MessageView]:
    return await store.read(conversations.messages_in, conversation_id)


async def test_the_same_message_delivered_twice_is_stored_and_told_once(store: Store) -> None:
    first = await store.write(conversations.hear, words(), now=now())
    again = await store.write(conversations.hear, words(), now=now())
    assert (first.new, again.new) == (True, False)
    assert again.message_id == first.message_id
    assert len(await thread(store, first.conversation_id)) == 1
    told = [r for r in await store.read(events_after, 0) if isinstance(r.event, ConsumerSpoke)]
    assert len(told) == 1


async def test_the_same_message_delivered_many_times_at_once_is_stored_once(store: Store) -> None:
    posted = await asyncio.gather(
        *(store.write(conversations.hear, words(), now=now()) for _ in range(20))
    )
    assert sum(p.new for p in posted) == 1
    assert len({p.message_id for p in posted}) == 1


async def test_the_same_key_at_another_door_is_another_message(store: Store) -> None:
    widget = await store.write(conversations.hear, words(), now=now())
    other = Heard(SHOP, "doudian", "wang", "wang", "1", "你好")
    platform = await store.write(conversations.hear, other, now=now())
    assert platform.new
    assert platform.message_id != widget.message_id


async def test_places_in_a_thread_have_no_gap_however_many_speak_at_once(store: Store) -> None:
    said = [words(f"第{n}句", key=str(n)) for n in range(50)]
    posted = await asyncio.gather(
        *(store.write(conversations.hear, one, now=now()) for one in said)
    )
    assert len({p.conversation_id for p in posted}) == 1
    assert sorted(p.seq for p in posted) == list(range(1, 51))


async def test_a_message_that_is_refused_takes_no_place(store: Store) -> None:
    conversation_id = await hear(store, key="1")
    with pytest.raises(Invalid):
        await hear(store, " ", key="2")
    await hear(store, "在吗", key="3")
    assert [m.seq for m in await thread(store, conversation_id)] == [1, 2]


async def test_a_consumer_who_returns_after_the_end_opens_a_new_conversation(store: Store) -> None:
    first = await hear(store, key="1")
    await store.write(conversations.close, first, now=now())
    second = await hear(store, "又来了", key="2")
    assert second != first
    assert [m.seq for m in await thread(store, second)] == [1]
    assert (await store.read(conversations.get_conversation, first)).closed_at is not None


async def test_a_message_delivered_again_after_the_end_opens_nothing(store: Store) -> None:
    first = await hear(store, key="1")
    await store.write(conversations.close, first, now=now())
    assert await hear(store, key="1") == first
    assert await store.read(conversations.find_open, "wang") is None


async def test_a_conversation_closed_twice_ended_once(store: Store) -> None:
    conversation_id = await hear(store)
    ended = now()
    await store.write(conversations.close, conversation_id, now=ended)
    await store.write(conversations.close, conversation_id, now=ended + timedelta(hours=1))
    assert (await store.read(conversations.get_conversation, conversation_id)).closed_at == ended


async def test_the_oldest_unanswered_words_start_the_clock(store: Store) -> None:
    begun = now()
    await store.write(conversations.hear, words(key="1"), now=begun)
    later = begun + timedelta(seconds=60)
    posted = await store.write(conversations.hear, words(key="2"), now=later)
    view = await store.read(conversations.get_conversation, posted.conversation_id)
    assert view.waiting_since == begun
    assert view.deadline_at == begun + timedelta(seconds=180)


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦" * 40,
        "‍" * 50 + "好",
        "<script>alert('小王')</script>",
        "{{7*7}} ${jndi:ldap://x} '; DROP TABLE messages; --",
        "=cmd|'/c calc'!A1",
        "ผู้ใหญ่ שלום \u202egnp.exe",
        "z̸̨̛͚̙a̷̧͔l̴̢̛g̵̨o̶",
        "第一行\n第二行\t好",
        "𠮷野家🍣",
    ],
)
async def test_what_was_said_stays_as_it_was_said(store: Store, text: str) -> None:
    conversation_id = await hear(store, text)
    assert (await thread(store, conversation_id))[0].text == text


async def test_control_characters_are_left_out_and_the_words_kept(store: Store) -> None:
    conversation_id = await hear(store, "\x00你\x1b[31m好\x07\x9f吗\ud800")
    assert (await thread(store, conversation_id))[0].text == "你[31m好吗"


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02", "\u200b\u200b", "\u2060 \ufeff"])
async def test_a_message_without_anything_to_see_is_refused(store: Store, text: str) -> None:
    with pytest.raises(Invalid, match="empty"):
        await hear(store, text)


async def test_a_message_holds_four_thousand_characters_and_not_one_more(store: Store) -> None:
    await hear(store, "字" * 4000, key="1")
    with pytest.raises(Invalid, match="4000"):
        await hear(store, "字" * 4001, key="2")
