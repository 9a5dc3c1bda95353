"""One pen for each conversation: whoever holds it writes, and nobody else does."""

import asyncio
from datetime import timedelta

import pytest

from diji import conversations
from diji.conversations import Author, ConversationEnded, PenTaken, Posted, Reception
from diji.events import ConversationAssigned, ConversationHandedOver
from diji.foundation import NotFound, Store, events_of_conversation
from tests.conversations.test_hearing import hear, thread
from tests.make import SHOP, now

WORDS = "正在为您转接人工客服。"


async def agent_says(
    store: Store, where: str, text: str = "您好", *, who: str = "xiaoli"
) -> Posted:
    return await store.write(
        conversations.reply,
        where,
        text,
        author=Author.AGENT,
        author_id=who,
        client_id=f"{who}-{text}",
        now=now(),
    )


async def machine_says(
    store: Store, where: str, text: str = "亲，在的", *, cause: str = "e1"
) -> Posted:
    return await store.write(
        conversations.reply, where, text, author=Author.COPILOT, caused_by=cause, now=now()
    )


async def hand_over(store: Store, where: str, *why: str, cause: str = "e1") -> bool:
    return await store.write(
        conversations.hand_over, where, why=why, words=WORDS, caused_by=cause, now=now()
    )


async def view(store: Store, where: str) -> conversations.ConversationView:
    return await store.read(conversations.get_conversation, where)


async def test_a_reply_sent_twice_is_posted_once(store: Store) -> None:
    where = await hear(store)
    posted = await asyncio.gather(*(agent_says(store, where) for _ in range(5)))
    assert sum(p.new for p in posted) == 1
    assert [m.author for m in await thread(store, where)] == [Author.CONSUMER, Author.AGENT]


async def test_the_machine_answers_one_cause_once(store: Store) -> None:
    where = await hear(store)
    first = await machine_says(store, where)
    again = await machine_says(store, where, "换一种说法")
    assert again.message_id == first.message_id
    assert len(await thread(store, where)) == 2


async def test_a_reply_sent_again_after_the_end_is_known_and_a_new_one_refused(
    store: Store,
) -> None:
    where = await hear(store)
    first = await agent_says(store, where)
    await store.write(conversations.close, where, now=now())
    assert (await agent_says(store, where)).message_id == first.message_id
    with pytest.raises(ConversationEnded):
        await agent_says(store, where, "还在吗")


async def test_an_agent_who_writes_takes_the_pen_from_the_machine(store: Store) -> None:
    where = await hear(store)
    await agent_says(store, where)
    assert (await view(store, where)).reception is Reception.PERSON
    assert (await view(store, where)).assignee_id == "xiaoli"
    with pytest.raises(PenTaken):
        await machine_says(store, where, cause="e2")


async def test_the_machine_is_silent_while_a_person_is_awaited(store: Store) -> None:
    where = await hear(store)
    await hand_over(store, where, "human_request")
    with pytest.raises(PenTaken):
        await machine_says(store, where)


async def test_a_colleagues_pen_is_not_written_with_until_it_is_taken_over(store: Store) -> None:
    where = await hear(store)
    await agent_says(store, where, who="xiaoli")
    with pytest.raises(PenTaken, match="take over first"):
        await agent_says(store, where, "我也来", who="lao_zhang")
    await store.write(conversations.take, where, "lao_zhang", now=now())
    await agent_says(store, where, "我来处理", who="lao_zhang")
    with pytest.raises(PenTaken):
        await agent_says(store, where, "还是我来", who="xiaoli")


async def test_a_hundred_agents_who_answer_at_once_leave_one_answer(store: Store) -> None:
    where = await hear(store)
    await hand_over(store, where, "human_request")
    answers = (agent_says(store, where, f"我是{n}号", who=f"agent{n}") for n in range(100))
    outcomes = await asyncio.gather(*answers, return_exceptions=True)
    posted = [o for o in outcomes if isinstance(o, Posted)]
    assert len(posted) == 1
    assert all(isinstance(o, PenTaken | Posted) for o in outcomes)
    last = (await thread(store, where))[-1]
    assert last.id == posted[0].message_id
    assert (await view(store, where)).assignee_id == last.author_id


async def test_a_hundred_takeovers_are_a_chain_in_which_each_takes_from_the_one_before(
    store: Store,
) -> None:
    where = await hear(store)
    taking = (store.write(conversations.take, where, f"agent{n}", now=now()) for n in range(100))
    await asyncio.gather(*taking)
    events = [r.event for r in await store.read(events_of_conversation, where)]
    taken = [e for e in events if isinstance(e, ConversationAssigned)]
    assert [e.before for e in taken] == [None, *(e.member_id for e in taken[:-1])]
    assert len({e.member_id for e in taken}) == 100
    assert (await view(store, where)).assignee_id == taken[-1].member_id


async def test_machine_and_agents_racing_never_write_after_another_took_the_pen(
    store: Store,
) -> None:
    where = await hear(store)
    racing = [
        *(machine_says(store, where, f"答{n}", cause=f"e{n}") for n in range(20)),
        agent_says(store, where, "我来"),
        *(machine_says(store, where, f"再答{n}", cause=f"f{n}") for n in range(20)),
    ]
    outcomes = await asyncio.gather(*racing, return_exceptions=True)
    authors = [m.author for m in await thread(store, where)][1:]
    assert authors == [Author.COPILOT] * 20 + [Author.AGENT]
    assert sum(isinstance(o, Posted) for o in outcomes) == len(authors)


async def test_a_hand_over_always_leaves_a_line_for_the_consumer_and_only_one(
    store: Store,
) -> None:
    where = await hear(store)
    assert await hand_over(store, where, "emotion_angry", cause="e1")
    assert not await hand_over(store, where, "emotion_angry", cause="e1")
    assert not await hand_over(store, where, "emotion_angry", cause="e2")
    assert [m.text for m in await thread(store, where)] == ["你好", WORDS]
    events = [r.event for r in await store.read(events_of_conversation, where)]
    assert sum(isinstance(e, ConversationHandedOver) for e in events) == 1


async def test_a_graver_reason_is_added_without_another_line(store: Store) -> None:
    where = await hear(store)
    await hand_over(store, where, "unsure_answer", cause="e1")
    assert await hand_over(store, where, "flag_threat", cause="e2")
    assert set((await view(store, where)).why_person) == {"unsure_answer", "flag_threat"}
    assert len(await thread(store, where)) == 2


async def test_nothing_is_handed_over_that_a_person_has(store: Store) -> None:
    where = await hear(store)
    await agent_says(store, where)
    assert not await hand_over(store, where, "emotion_angry")
    assert (await view(store, where)).reception is Reception.PERSON


async def test_a_hand_over_tells_again_when_the_machine_had_the_pen_back(store: Store) -> None:
    where = await hear(store)
    await hand_over(store, where, "human_request", cause="e1")
    await agent_says(store, where)
    await store.write(conversations.release, where, "ai", now=now())
    assert (await view(store, where)).why_person == []
    assert await hand_over(store, where, "human_request", cause="e2")
    assert [m.text for m in await thread(store, where)].count(WORDS) == 2


async def test_a_released_conversation_can_be_written_in_by_whoever_it_was_released_to(
    store: Store,
) -> None:
    where = await hear(store)
    await agent_says(store, where)
    await store.write(conversations.release, where, "waiting", now=now())
    await agent_says(store, where, "换我来", who="lao_zhang")
    await store.write(conversations.release, where, "ai", now=now())
    assert (await machine_says(store, where, cause="e9")).new


async def test_a_conversation_released_to_the_queue_has_a_place_in_it(store: Store) -> None:
    where = await hear(store)
    await store.write(conversations.release, where, "waiting", now=now())
    assert await store.read(conversations.place_in_queue, where) == 1


async def test_an_answer_stops_the_clock_and_a_line_of_the_house_does_not(store: Store) -> None:
    where = await hear(store)
    await hand_over(store, where, "human_request")
    assert (await view(store, where)).waiting_since is not None
    await agent_says(store, where)
    assert (await view(store, where)).waiting_since is None


async def test_who_waits_longest_is_next(store: Store) -> None:
    begun = now()
    waiting = [await hear(store, key=f"{n}", who=f"consumer{n}") for n in range(3)]
    for minute, where in enumerate(reversed(waiting)):
        await store.write(
            conversations.hand_over,
            where,
            why=("human_request",),
            words=WORDS,
            caused_by=where,
            now=begun + timedelta(minutes=minute),
        )
    places = [await store.read(conversations.place_in_queue, where) for where in waiting]
    assert places == [3, 2, 1]
    await agent_says(store, waiting[2])
    places = [await store.read(conversations.place_in_queue, where) for where in waiting]
    assert places == [2, 1, None]


async def test_nobody_writes_in_a_conversation_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        await agent_says(store, "nowhere")
    with pytest.raises(NotFound):
        await hand_over(store, "nowhere", "human_request")
    assert await store.read(conversations.find_open, SHOP) is None
