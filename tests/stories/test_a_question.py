"""From first words to delivered answer."""

from tests.make import Shop


async def test_a_plain_question_is_answered_at_once(shop: Shop) -> None:
    await shop.knows(
        "包邮规则",
        asks=["满多少包邮", "邮费怎么算"],
        reply="满59元包邮，不满59元邮费8元。",
        intents=["shipping_options"],
    )
    await shop.consumer_says("请问满多少包邮")
    thread = await shop.thread()
    assert [m.author for m in thread] == ["consumer", "copilot"]
    assert thread[-1].text == "满59元包邮，不满59元邮费8元。"


async def test_who_threatens_to_report_waits_for_a_person(shop: Shop) -> None:
    await shop.consumer_says("再不处理我就打12315了")
    assert await shop.who_spoke() == ["consumer", "system"]
    waiting = await shop.conversation()
    assert waiting.reception == "waiting"
    assert "flag_threat" in waiting.why_person


async def test_a_question_nobody_has_an_answer_for_goes_to_a_person_with_what_was_read(
    shop: Shop,
) -> None:
    await shop.consumer_says("你们老板今年流年运势怎么样，能不能帮我看看紫微斗数")
    assert (await shop.conversation()).reception == "waiting"
