"""The list of conversations: what is most urgent first, found by its words, seen by its own shop alone."""

from datetime import timedelta
from typing import Any

import pytest

from diji import conversations
from diji.conversations import Heard, Reception
from diji.conversations.rules import urgency
from diji.foundation import Actor, NotFound, Store
from tests.conversations.test_hearing import hear
from tests.conversations.test_the_pen import agent_says, hand_over
from tests.make import OTHER_SHOP, SHOP, Shop, now


def of_shop(store: Store, shop_id: str) -> Store:
    return store.of(Actor("member", "somebody", "agent", frozenset({shop_id})))


async def listed(store: Store, tab: str = "open", words: str = "") -> list[str]:
    found = await store.read(
        conversations.conversations, tab=tab, member_id="xiaoli", words=words, now=now()
    )
    return [c.id for c in found]


async def feels(store: Store, where: str, emotion: str, seq: int = 1) -> None:
    reading = {"emotion": emotion, "intensity": 0.5, "intent": "other", "issues": []}
    await store.write(conversations.keep_reading, where, seq, reading)


def weight(reception: str = "ai", emotion: str | None = None, waited: float = 60) -> float:
    moment = now()
    since = moment - timedelta(seconds=waited)
    return urgency(Reception(reception), since, emotion, 0.5, now=moment)


def test_who_waits_for_a_person_comes_before_whom_the_machine_serves() -> None:
    assert weight("waiting") > weight("person") > weight("ai")


def test_the_angrier_the_sooner_and_the_anxious_before_the_calm() -> None:
    order = [weight("waiting", e) for e in ("angry", "disappointed", "anxious", "neutral")]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == 4


def test_who_is_content_stands_behind_whoever_waits_longer() -> None:
    for waited in (61.0, 170.0, 400.0, 4000.0):
        assert weight("waiting", "satisfied", 60) < weight("waiting", "neutral", waited)
        assert weight("waiting", "satisfied", waited - 1) < weight("waiting", None, waited)


def test_the_nearer_the_breach_the_sooner_and_past_it_sooner_still() -> None:
    order = [weight("waiting", waited=seconds) for seconds in (900, 181, 170, 60, 1)]
    assert order == sorted(order, reverse=True)


def test_who_was_answered_is_not_urgent_even_with_a_clock_that_runs_backwards() -> None:
    assert urgency(Reception.WAITING, None, "angry", 1.0, now=now()) == 0


def test_a_threat_comes_before_whoever_is_merely_late() -> None:
    moment = now()
    fresh = urgency(Reception.WAITING, moment, "angry", 0.9, now=moment, why=["flag_threat"])
    late = urgency(Reception.WAITING, moment - timedelta(days=2), "angry", 1.0, now=moment)
    assert fresh > late
    assert weight("waiting", waited=-3600) > 0


async def test_the_list_begins_with_the_most_urgent(store: Store) -> None:
    calm = await hear(store, who="calm", key="1")
    anxious = await hear(store, who="anxious", key="2")
    angry = await hear(store, who="angry", key="3")
    answered = await hear(store, who="answered", key="4")
    await store.write(conversations.take, answered, "xiaoli", now=now())
    await store.write(conversations.close, answered, now=now())
    await feels(store, anxious, "anxious")
    await feels(store, angry, "angry")
    assert await listed(store) == [angry, anxious, calm]
    assert await listed(store, "closed") == [answered]


async def test_only_the_newest_words_tell_how_somebody_feels_now(store: Store) -> None:
    where = await hear(store, "气死了", key="1")
    await hear(store, "好的谢谢", key="2")
    await feels(store, where, "satisfied", seq=2)
    await feels(store, where, "angry", seq=1)
    assert (await store.read(conversations.get_conversation, where)).emotion == "satisfied"


async def test_a_conversation_is_found_by_any_of_its_words(store: Store) -> None:
    where = await hear(store, "我的羽绒服漏毛了", key="1")
    await hear(store, "在吗", key="2")
    await hear(store, "别的事情", key="3", who="zhao")
    assert await listed(store, words="漏毛") == [where]
    assert await listed(store, words="没有说过") == []


@pytest.mark.parametrize("words", ["%", "_", "100%", "打_折"])
async def test_signs_of_the_database_are_searched_as_what_they_are(
    store: Store, words: str
) -> None:
    await hear(store, "打八折，1000元", key="1")
    where = await hear(store, "打_折是100%真的吗", key="2", who="zhao")
    assert await listed(store, words=words) == [where]


async def test_another_shops_agent_finds_nothing_and_can_do_nothing(store: Store) -> None:
    where = await hear(store, "机密的羽绒服")
    stranger = of_shop(store, OTHER_SHOP)
    assert await listed(stranger) == await listed(stranger, words="羽绒服") == []
    moment: dict[str, Any] = {"now": now()}
    for act in (
        stranger.read(conversations.get_conversation, where),
        stranger.read(conversations.messages_in, where),
        stranger.write(conversations.take, where, "luren", **moment),
        stranger.write(conversations.release, where, "ai", **moment),
        stranger.write(conversations.close, where, **moment),
        stranger.write(conversations.read_up_to, where, reader="team", seq=1, **moment),
    ):
        with pytest.raises(NotFound):
            await act
    assert await listed(of_shop(store, SHOP)) == [where]


async def test_another_shops_agent_learns_nothing_from_a_key_that_was_used(store: Store) -> None:
    where = await hear(store)
    note: dict[str, Any] = {"author_id": "xiaoli", "client_id": "client-1", "now": now()}
    await store.write(conversations.write_note, where, "老顾客", **note)
    stranger = of_shop(store, OTHER_SHOP)
    with pytest.raises(NotFound):
        await stranger.write(conversations.write_note, where, "老顾客", **note)


async def test_another_tenant_sees_nothing(store: Store, warehouse: Any) -> None:
    where = await hear(store)
    elsewhere = warehouse.of("f" * 32)
    assert await listed(elsewhere) == []
    with pytest.raises(NotFound):
        await elsewhere.read(conversations.get_conversation, where)


async def test_reading_marks_only_move_forward(store: Store) -> None:
    where = await hear(store, key="1")
    await hear(store, key="2")
    for seq in (2, 1, 99):
        mark: dict[str, Any] = {"reader": "consumer", "seq": seq, "now": now()}
        await store.write(conversations.read_up_to, where, **mark)
    view = await store.read(conversations.get_conversation, where)
    assert (view.read_by_consumer, view.unread) == (2, 2)
    await store.write(conversations.read_up_to, where, reader="team", seq=2, now=now())
    assert (await store.read(conversations.get_conversation, where)).unread == 0


async def test_a_thread_is_paged_back_and_resumed_without_overlap(store: Store) -> None:
    where = await hear(store, "1", key="1")
    for n in range(2, 11):
        await hear(store, str(n), key=str(n))

    async def texts(**page: int) -> list[str]:
        return [m.text for m in await store.read(conversations.messages_in, where, **page)]

    assert await texts(limit=3) == ["8", "9", "10"]
    assert await texts(before=8, limit=3) == ["5", "6", "7"]
    assert await texts(after=7) == ["8", "9", "10"]


async def test_the_widgets_thread_shows_no_note_and_no_guess(shop: Shop) -> None:
    where = await shop.consumer_says("转人工")
    note: dict[str, Any] = {"author_id": "xiaoli", "client_id": "note-0001", "now": now()}
    await shop.store.write(conversations.write_note, where, "难缠", **note)
    consumer_id = await shop.consumer()
    thread = await shop.store.read(conversations.thread_of, consumer_id)
    assert [m.author for m in thread.messages] == ["consumer", "system"]
    assert "reading" not in thread.messages[0].model_dump()


async def test_a_quiet_conversation_is_closed_after_a_day_unless_somebody_waits(
    store: Store,
) -> None:
    from diji.conversations.reactions import close_quiet_conversations

    long_ago = now() - timedelta(days=2)
    waiting = Heard(SHOP, "widget", "wang", "wang", "1", "在吗")
    silent = Heard(SHOP, "widget", "zhao", "zhao", "2", "谢谢")
    kept = await store.write(conversations.hear, waiting, now=long_ago)
    ended = await store.write(conversations.hear, silent, now=long_ago)
    await store.write(
        conversations.reply,
        ended.conversation_id,
        "不客气",
        author=conversations.Author.COPILOT,
        caused_by="e1",
        now=long_ago,
    )
    await close_quiet_conversations(store)
    assert await listed(store) == [kept.conversation_id]


async def test_an_agent_of_another_shop_gets_the_same_answer_as_for_nothing(shop: Shop) -> None:
    where = await shop.hear("你好")
    stranger = await shop.signed_in("luren")
    for path in ("", "/messages", "/suggestions"):
        hidden = await stranger.get(f"/api/conversations/{where}{path}")
        nothing = await stranger.get(f"/api/conversations/nowhere{path}")
        assert (hidden.status_code, hidden.json()["code"]) == (404, nothing.json()["code"])


async def test_anger_that_nobody_answered_does_not_pass_with_the_next_words(store: Store) -> None:
    where = await hear(store, "再不处理我打12315")
    angry = {"emotion": "angry", "intensity": 0.8, "intent": "complaint", "issues": []}
    calm = {"emotion": "neutral", "intensity": 0.1, "intent": "provide_info", "issues": []}
    await store.write(conversations.keep_reading, where, 1, angry)
    await hear(store, "订单号 4638136697892476570", key="2")
    await store.write(conversations.keep_reading, where, 2, calm)
    shown = await store.read(conversations.get_conversation, where)
    assert (shown.emotion, shown.intensity, shown.intent) == ("angry", 0.8, "provide_info")
    await agent_says(store, where)
    await hear(store, "好的", key="3")
    await store.write(conversations.keep_reading, where, 4, calm)
    assert (await store.read(conversations.get_conversation, where)).emotion == "neutral"


async def test_a_mood_that_a_person_corrected_is_shown_as_corrected(store: Store) -> None:
    where = await hear(store, "你们真行")
    angry = {"emotion": "angry", "intensity": 0.8, "intent": "complaint", "issues": []}
    calm = {"emotion": "neutral", "intensity": 0.1, "intent": "other", "issues": []}
    await store.write(conversations.keep_reading, where, 1, angry)
    await hear(store, "夸你们呢", key="2")
    await store.write(conversations.keep_reading, where, 2, calm)
    right = {**angry, "emotion": "satisfied", "corrected": {"emotion": {"by": "xiaoli"}}}
    await store.write(conversations.keep_reading, where, 1, right)
    assert (await store.read(conversations.get_conversation, where)).emotion == "neutral"


async def test_a_place_beyond_every_thread_is_no_fault(store: Store) -> None:
    where = await hear(store)
    assert await store.read(conversations.messages_in, where, after=2**31) == []
    assert len(await store.read(conversations.messages_in, where, before=2**40)) == 1


async def test_who_has_the_pen_sees_that_it_became_graver(store: Store) -> None:
    where = await hear(store)
    await agent_says(store, where)
    assert not await hand_over(store, where, "flag_threat")
    shown = await store.read(conversations.get_conversation, where)
    assert shown.why_person == ["flag_threat"]
    assert shown.reception is Reception.PERSON
