"""The default rules on words as consumers write them: who meets a person, who is answered first."""

import pytest

from diji import copilot, understanding
from diji.copilot.rules import Decision, decide, reasons_for_person
from diji.events import ConversationHandedOver
from diji.foundation import events_of_conversation
from tests.copilot.make import draft
from tests.make import Shop, now

DEFAULT = copilot.Strategy()


def why(text: str) -> tuple[str, ...]:
    return reasons_for_person(understanding.read(text), DEFAULT)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("转人工", "human_request"),
        ("我要找真人客服，别拿机器人糊弄我", "human_request"),
        ("你们这是什么垃圾店铺，气死我了！！！", "emotion_angry"),
        ("真的太失望了，再也不会来买了", "emotion_disappointed"),
        ("再不处理我就去12315投诉你们", "flag_threat"),
        ("我要去消协曝光你们", "flag_threat"),
        ("傻逼客服，滚", "flag_abuse"),
        ("充电的时候冒烟了差点着火", "flag_safety"),
        ("用了以后脸上又红又肿，过敏去医院了", "flag_safety"),
        ("快递都五天了还没到，怎么回事啊", "issue_logistics_delay"),
        ("物流三天没更新了，你们到底发没发货", "issue_logistics_delay"),
        ("收到就是坏的，屏幕有一条裂纹", "issue_quality_defect"),
        ("衣服洗一次就破洞了，质量太差", "issue_quality_defect"),
    ],
)
def test_a_person_gets_who_says(text: str, reason: str) -> None:
    assert reason in why(text)


@pytest.mark.parametrize(
    "text",
    [
        "请问一般几天能到",
        "什么时候发货呀",
        "我的快递到哪了",
        "请问这个质量怎么样",
        "这款会掉色吗",
        "你好",
        "谢谢",
    ],
)
def test_no_person_is_needed_by_who_merely_asks(text: str) -> None:
    assert why(text) == ()


@pytest.mark.parametrize("text", ["急急急，能不能今天发货", "在吗在吗，着急，等着穿呢"])
def test_who_is_merely_anxious_is_not_handed_over(text: str) -> None:
    reading = understanding.read(text)
    assert (
        decide(reading, DEFAULT, draft(), pictures_unread=False).decision is not Decision.HAND_OVER
    )


async def test_who_asks_for_a_person_is_told_so_and_stands_in_the_queue(shop: Shop) -> None:
    await shop.signed_in("xiaoli")
    await shop.consumer_says("转人工")
    thread = await shop.thread()
    assert [m.author for m in thread] == ["consumer", "system"]
    assert "转接人工" in thread[-1].text
    assert (await shop.conversation()).why_person == ["human_request"]


async def test_an_agent_takes_the_case_and_the_consumer_hears_them(shop: Shop) -> None:
    where = await shop.consumer_says("收到就是坏的，屏幕有一条裂纹")
    agent = await shop.signed_in("xiaoli")
    said = {"text": "非常抱歉，马上为您换新", "clientId": "reply-0001"}
    assert (await agent.post(f"/api/conversations/{where}/replies", json=said)).status_code == 201
    await shop.consumer_says("好的，谢谢")
    assert (await shop.thread())[-1].author == "consumer"
    assert (await shop.conversation()).assignee_id == "xiaoli"


@pytest.mark.parametrize("at_the_desk", [None, "luren"])
async def test_where_nobody_serves_the_shop_nobody_is_promised(
    shop: Shop, at_the_desk: str | None
) -> None:
    if at_the_desk:
        await shop.signed_in(at_the_desk)  # of the other shop
    await shop.consumer_says("转人工")
    said = (await shop.thread())[-1].text
    assert "现在没有人工客服在线" in said
    assert "正在" not in said
    assert (await shop.conversation()).reception == "waiting"


async def test_a_machine_that_is_off_says_as_honestly_that_nobody_is_there(shop: Shop) -> None:
    await shop.store.write(copilot.change_strategy, {"mode": "off"}, shop_id=None, now=now())
    await shop.consumer_says("满多少包邮", name="小王")
    assert "没有人工客服在线" in (await shop.thread("小王"))[-1].text
    await shop.signed_in("lao_zhang")
    await shop.consumer_says("满多少包邮", name="小赵")
    assert "转接人工" in (await shop.thread("小赵"))[-1].text


async def test_who_waits_and_calls_again_is_heard_by_the_desk_and_not_by_the_machine(
    shop: Shop,
) -> None:
    where = await shop.consumer_says("转人工")
    before = await shop.who_spoke()
    await shop.consumer_says("在吗？")
    assert await shop.who_spoke() == [*before, "consumer"]
    assert "intent_urge_reply" in (await shop.conversation()).why_person
    told = [r.event for r in await shop.store.read(events_of_conversation, where)]
    calls = [e.why for e in told if isinstance(e, ConversationHandedOver)]
    assert [why[-1] for why in calls] == ["human_request", "intent_urge_reply"]


@pytest.mark.parametrize("text", ["好滴 谢谢", "嗯嗯", "知道了，辛苦了"])
async def test_thanks_after_an_answer_need_no_person(shop: Shop, text: str) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="满59元包邮。")
    await shop.consumer_says("满多少包邮")
    await shop.consumer_says(text)
    assert await shop.who_spoke() == ["consumer", "copilot", "consumer", "copilot"]
    assert (await shop.conversation()).why_person == []


async def test_thanks_of_who_waits_for_a_person_are_not_answered_by_the_machine(shop: Shop) -> None:
    await shop.consumer_says("转人工")
    await shop.consumer_says("好滴 谢谢")
    assert await shop.who_spoke() == ["consumer", "system", "consumer"]
    assert (await shop.conversation()).why_person == ["human_request"]
