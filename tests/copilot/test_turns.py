"""A turn: once however often it runs, silent when a person writes, and nobody is left alone."""

import asyncio
from typing import Any

import pytest

from diji import conversations, copilot
from diji.conversations import Author, Posted, Reception
from diji.copilot import reactions
from diji.copilot.actions import mark_used, settle_turn
from diji.copilot.correcting import correct_reading
from diji.copilot.rules import Decision
from diji.copilot.thinking import Said, read_each
from diji.copilot.turn import take_turn
from diji.events import ConsumerSpoke, MessageUnderstood, SuggestionsOffered, SuggestionUsed
from diji.foundation import Actor, NotAllowed, Store, Unavailable, events_of_conversation
from tests.copilot.make import draft, machine_receives, thought
from tests.make import SHOP, Shop, now


async def told(store: Store, where: str, kind: type) -> list[Any]:
    events = [r.event for r in await store.read(events_of_conversation, where)]
    return [e for e in events if isinstance(e, kind)]


async def heard(shop: Shop, text: str = "满多少包邮") -> ConsumerSpoke:
    """What a turn is caused by, in a shop whose own machine is off."""
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    where = await shop.consumer_says(text)
    await shop.store.write(machine_receives, where)
    await shop.store.write(copilot.change_strategy, {"mode": "auto"}, shop_id=None, now=now())
    spoke: ConsumerSpoke = (await told(shop.store, where, ConsumerSpoke))[-1]
    return spoke


async def settle(shop: Shop, spoke: ConsumerSpoke, **more: Any) -> None:
    done = thought(spoke.seq, spoke.message_id, **more)
    await shop.store.write(settle_turn, spoke.conversation_id, done, caused_by=spoke.id, now=now())


async def authors(shop: Shop) -> list[str]:
    return await shop.who_spoke()


@pytest.mark.parametrize("decision", list(Decision))
async def test_a_turn_that_runs_twice_ends_as_if_it_ran_once(
    shop: Shop, decision: Decision
) -> None:
    spoke = await heard(shop)
    await settle(shop, spoke, decision=decision)
    once = await shop.thread(), await shop.conversation()
    events = len(await shop.store.read(events_of_conversation, spoke.conversation_id))
    await settle(shop, spoke, decision=decision)
    assert (await shop.thread(), await shop.conversation()) == once
    again = await shop.store.read(events_of_conversation, spoke.conversation_id)
    assert len(again) == events


async def test_a_person_who_takes_the_pen_while_the_machine_thinks_wins(shop: Shop) -> None:
    spoke = await heard(shop)
    await shop.store.write(conversations.take, spoke.conversation_id, "xiaoli", now=now())
    await settle(shop, spoke, decision=Decision.ANSWER)
    assert "copilot" not in await authors(shop)
    assert (await shop.conversation()).assignee_id == "xiaoli"
    offered = await shop.store.read(copilot.suggestions_for, spoke.conversation_id)
    assert [s.text for s in offered] == ["满59元包邮。"]


async def test_a_hand_over_does_not_take_the_pen_from_a_person(shop: Shop) -> None:
    spoke = await heard(shop)
    await shop.store.write(conversations.take, spoke.conversation_id, "xiaoli", now=now())
    before = await authors(shop)
    await settle(shop, spoke, decision=Decision.HAND_OVER, why=("flag_threat",))
    assert (await shop.conversation()).reception is Reception.PERSON
    assert await authors(shop) == before


async def test_a_turn_of_a_closed_conversation_says_nothing(shop: Shop) -> None:
    spoke = await heard(shop)
    before = await authors(shop)
    await shop.store.write(conversations.close, spoke.conversation_id, now=now())
    await settle(shop, spoke)
    said = await shop.store.read(conversations.messages_in, spoke.conversation_id)
    assert [m.author.value for m in said] == before


async def test_the_newest_words_are_answered_and_older_turns_give_way(shop: Shop) -> None:
    older = await heard(shop, "满多少")
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    await shop.consumer_says("包邮")
    before = await authors(shop)
    await shop.store.write(copilot.change_strategy, {"mode": "auto"}, shop_id=None, now=now())
    await take_turn(shop.store, older)
    assert await authors(shop) == before
    newest = (await told(shop.store, older.conversation_id, ConsumerSpoke))[-1]
    await shop.store.write(machine_receives, older.conversation_id)
    await take_turn(shop.store, newest)
    assert (await shop.thread())[-1].author is Author.COPILOT
    understood = await told(shop.store, older.conversation_id, MessageUnderstood)
    assert newest.message_id in {e.message_id for e in understood}


async def test_words_that_come_while_the_machine_thinks_are_not_lost(shop: Shop) -> None:
    older = await heard(shop, "你好")
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    await shop.consumer_says("满多少包邮")
    await shop.store.write(machine_receives, older.conversation_id)
    before = await authors(shop)
    await settle(shop, older, drafts=(draft("您好，有什么可以帮您"),))
    assert await authors(shop) == before
    newest = (await told(shop.store, older.conversation_id, ConsumerSpoke))[-1]
    await settle(shop, newest)
    assert (await shop.thread())[-1].text == "满59元包邮。"


async def test_a_hand_over_does_not_wait_for_newer_words(shop: Shop) -> None:
    older = await heard(shop, "我要投诉你们")
    await shop.hear("听见没有")
    await settle(shop, older, decision=Decision.HAND_OVER, why=("flag_threat",))
    assert "flag_threat" in (await shop.conversation()).why_person


async def test_a_machine_that_is_off_reads_nothing_out_and_calls_a_person(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    where = await shop.consumer_says("满多少包邮")
    assert await authors(shop) == ["consumer", "system"]
    assert (await shop.conversation()).why_person == ["machine_off"]
    assert await shop.store.read(copilot.suggestions_for, where) == []


async def test_a_machine_that_only_suggests_lets_a_person_send(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await shop.store.write(copilot.change_strategy, {"mode": "suggest"}, shop_id=None, now=now())
    where = await shop.consumer_says("满多少包邮")
    assert await authors(shop) == ["consumer", "system"]
    offered = await shop.store.read(copilot.suggestions_for, where)
    assert offered[0].text == "满59元包邮。"


async def test_a_lead_who_changes_the_rules_changes_the_next_decision(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    lead = await shop.signed_in("lao_zhang")
    body = (await lead.get("/api/strategy")).json()["strategy"]
    body["personForIntents"] = []
    body["personFrom"] = 1.0
    await shop.consumer_says("转人工", name="小王")
    assert (await lead.put("/api/strategy", json=body)).json()["version"] == 1
    await shop.consumer_says("转人工", name="小赵")
    assert (await shop.conversation("小王")).why_person == ["human_request"]
    assert "human_request" not in (await shop.conversation("小赵")).why_person


async def test_a_shops_own_rules_hold_before_everybodys(shop: Shop) -> None:
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    await shop.store.write(copilot.change_strategy, {"mode": "auto"}, shop_id="tmall", now=now())
    assert (await shop.store.read(copilot.strategy_of, "tmall"))[0].mode == "auto"
    assert (await shop.store.read(copilot.strategy_of, "jd"))[0].mode == "off"


async def offered_to(shop: Shop) -> tuple[str, str]:
    """(conversation, suggestion) of a draft that waits for the agent."""
    spoke = await heard(shop)
    await settle(shop, spoke, decision=Decision.DRAFT, drafts=(draft(), draft("59元起包邮", 0.5)))
    found = await shop.store.read(copilot.suggestions_for, spoke.conversation_id)
    assert [s.rank for s in found] == [1, 2]
    return spoke.conversation_id, found[0].id


async def agent_sends(shop: Shop, where: str, suggestion: str, text: str) -> Posted:
    posted = await shop.store.write(
        conversations.reply,
        where,
        text,
        author=Author.AGENT,
        author_id="xiaoli",
        client_id="client-1",
        suggestion_id=suggestion,
        now=now(),
    )
    await shop.settles()
    return posted


@pytest.mark.parametrize(
    ("sent", "state"),
    [("满59元包邮。", "sent"), (" 满59元包邮。\n", "sent"), ("满60元包邮。", "changed")],
)
async def test_what_became_of_a_suggestion_is_remembered(shop: Shop, sent: str, state: str) -> None:
    where, suggestion = await offered_to(shop)
    await agent_sends(shop, where, suggestion, sent)
    found = await shop.store.read(copilot.suggestions_for, where)
    assert [s.state for s in found] == [state, "offered"]
    used = await told(shop.store, where, SuggestionUsed)
    assert [e.changed for e in used] == [state == "changed"]


async def test_drafts_are_told_once_and_in_order_of_rank(shop: Shop) -> None:
    where, suggestion = await offered_to(shop)
    offers = await told(shop.store, where, SuggestionsOffered)
    assert [e.suggestion_ids[0] for e in offers] == [suggestion]


@pytest.mark.parametrize("trouble", [RuntimeError("broke"), RecursionError(), KeyError("x")])
async def test_a_turn_that_breaks_calls_a_person(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def broken(*_: Any) -> None:
        raise trouble

    monkeypatch.setattr("diji.copilot.turn.think", broken)
    await shop.consumer_says("满多少包邮")
    assert await authors(shop) == ["consumer", "system"]
    assert (await shop.conversation()).why_person == ["machine_broke"]


async def test_an_answer_that_cannot_be_posted_calls_a_person_too(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="\x07\x08")
    await shop.consumer_says("满多少包邮")
    assert (await shop.conversation()).reception is Reception.WAITING


async def test_a_store_that_is_away_is_waited_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise Unavailable("稍后", "later")

    spoke = await heard(shop)
    monkeypatch.setattr(reactions, "take_turn", away)
    with pytest.raises(Unavailable):
        await reactions.answer_consumer(shop.store, spoke)


async def test_many_consumers_at_once_each_get_their_own_answer(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    names = [f"顾客{n}" for n in range(20)]
    await asyncio.gather(*(shop.hear("满多少包邮", name=name) for name in names))
    await shop.settles()
    for name in names:
        assert await shop.who_spoke(name) == ["consumer", "copilot"]


async def test_a_machine_switched_on_again_soon_helps_the_person_who_leads(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "MODE_KNOWN_FOR", 0.0)
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    where = await shop.consumer_says("在吗")
    await shop.store.write(copilot.change_strategy, {"mode": "auto"}, shop_id=None, now=now())
    await shop.consumer_says("满多少包邮")
    offered = await shop.store.read(copilot.suggestions_for, where)
    assert offered[0].text == "满59元包邮。"
    spoke = await told(shop.store, where, ConsumerSpoke)
    assert [one.reception for one in spoke] == ["ai", "waiting"]


async def test_a_machine_that_is_off_is_not_asked_about_each_message(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    where = await shop.consumer_says("在吗")
    await shop.consumer_says("人呢")
    newest = (await told(shop.store, where, ConsumerSpoke))[-1]
    monkeypatch.setattr(Store, "read", None)  # whoever reads now breaks
    monkeypatch.setattr(reactions, "take_turn", None)
    await reactions.answer_consumer(shop.store, newest)


async def test_what_a_person_corrected_stays_corrected_when_the_consumer_goes_on(
    shop: Shop,
) -> None:
    where = await shop.consumer_says("转人工")
    first = (await shop.thread())[0]
    truth = {"emotion": ["anxious"], "intent": ["track_parcel"]}
    await shop.store.write(correct_reading, first.id, truth, now=now())
    await shop.consumer_says("人呢")
    said = await shop.store.read(conversations.messages_in, where)
    reading = said[0].reading
    assert reading is not None
    assert (reading["emotion"], reading["intent"]) == ("anxious", "track_parcel")
    assert reading["corrected"].keys() == {"emotion", "intent"}


async def test_a_flood_of_long_words_is_read_in_part_and_holds_nobody_up() -> None:
    said = [Said(n, f"m{n}", "长" * 3000, ours=False) for n in range(1, 40)]
    assert [message.seq for message, _ in read_each(said)] == [34, 35, 36, 37, 38, 39]


async def test_a_lead_of_one_shop_does_not_change_the_rules_of_all(shop: Shop) -> None:
    lead = shop.store.of(Actor("member", "laozhang", "lead", frozenset({SHOP})))
    with pytest.raises(NotAllowed):
        await lead.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    await lead.write(copilot.change_strategy, {"mode": "off"}, shop_id=SHOP, now=now())


async def test_a_suggestion_of_another_talk_is_not_marked_as_sent(shop: Shop) -> None:
    spoke = await heard(shop)
    await settle(shop, spoke, decision=Decision.DRAFT)
    offered = await shop.store.read(copilot.suggestions_for, spoke.conversation_id)
    other = await shop.store.write(
        conversations.hear,
        conversations.Heard(SHOP, "widget", "zhao", "zhao", "other", "你好"),
        now=now(),
    )
    posted = await shop.store.write(
        conversations.reply, other.conversation_id, "别的话", author=Author.AGENT,
        author_id="xiaoli", suggestion_id=offered[0].id, now=now(),
    )  # fmt: skip
    await shop.store.write(mark_used, offered[0].id, posted.message_id, now=now())
    still = await shop.store.read(copilot.suggestions_for, spoke.conversation_id)
    assert still[0].state == "offered"
