"""From first words to delivered answer."""

import pytest

from diji import commerce, copilot
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


@pytest.mark.parametrize("text", ["在吗", "有人吗", "？"])
async def test_who_merely_calls_is_greeted_and_nothing_is_promised(shop: Shop, text: str) -> None:
    await shop.knows(
        "催回复", asks=["在吗", "有人吗", "？？？"], intents=["urge_reply"],
        reply="让您久等了。您上面问的我看到了，正在核对，3 分钟内给您回话。",
    )  # fmt: skip
    await shop.consumer_says(text)
    thread = await shop.thread()
    assert [m.author for m in thread] == ["consumer", "copilot"]
    assert thread[-1].text.startswith("您好，欢迎来到岚里天猫店")


async def test_a_promise_that_only_a_person_may_make_waits_for_one(shop: Shop) -> None:
    await shop.knows("包邮规则", asks=["满多少包邮"], reply="24 小时内给您回话。")
    where = await shop.consumer_says("满多少包邮")
    assert await shop.who_spoke() == ["consumer", "system"]
    offered = (await shop.store.read(copilot.suggestions_for, where))[0]
    assert offered.doubts == ["24 小时内给您回话"]


async def test_one_way_of_asking_answers_the_same_question_in_more_words(shop: Shop) -> None:
    await shop.knows("褪色", asks=["会不会褪色"], reply="正常洗涤不会褪色。")
    await shop.consumer_says("这个洗了会不会褪色呀")
    assert (await shop.thread())[-1].text == "正常洗涤不会褪色。"


async def test_who_comes_from_a_product_is_answered_from_its_attributes(shop: Shop) -> None:
    row = {
        "code": "AP-003", "name": "岚里 低音破壁机 1.75L", "category": "appliance", "kind": "破壁机",
        "price": 49900, "list_price": 59900, "skus": [], "selling_points": [], "good_for": [],
        "not_for": [], "pairs_with": [], "attributes": {"噪音": "盖上隔音罩约70dB"},
    }  # fmt: skip
    await shop.store.write(commerce.keep_products, [row])
    await shop.consumer_says("咨询商品：岚里 低音破壁机 1.75L\n声音大不大")
    said = (await shop.thread())[-1]
    assert "盖上隔音罩约70dB" in said.text
    assert said.sources == [{"kind": "product", "id": "AP-003", "title": "岚里 低音破壁机 1.75L"}]
    await shop.consumer_says("吵不吵啊")  # the product stays known for the rest of the talk
    assert "盖上隔音罩约70dB" in (await shop.thread())[-1].text


async def test_a_product_that_the_shop_does_not_know_is_left_to_a_person(shop: Shop) -> None:
    await shop.consumer_says("咨询商品：别家的破壁机\n声音大不大")
    assert await shop.who_spoke() == ["consumer", "system"]
