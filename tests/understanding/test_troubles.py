"""What went wrong and what was only asked, in the plain words of everyday chats."""

import pytest

from diji.understanding import trouble
from tests.understanding.make import agent, consumer, issues_of, reading_of

UPSET = {"anxious", "disappointed", "angry"}


@pytest.mark.parametrize(
    "text",
    [
        "发票抬头能改成公司的吗",
        "这几单可以一起补开增值税发票吗",
        "退款一般退到哪里",
        "价保怎么申请",
    ],
)
def test_a_calm_request_is_no_issue(text):
    assert issues_of(text) == set()


@pytest.mark.parametrize("text", ["快递员电话一直没人接", "送货师傅的手机打不通"])
def test_who_does_not_answer_the_telephone_is_the_courier(text):
    assert "delivery_service" in issues_of(text)
    assert "no_response" not in issues_of(text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("说好昨天送到的，到现在没见到", "logistics_delay"),
        ("包裹长时间没更新了", "logistics_delay"),
        ("站点没跟我联系就改了派送时间", "delivery_service"),
        ("一箱苹果有一半是烂的", "quality_defect"),
        ("拖着不给我开发票", "invoice_problem"),
    ],
)
def test_trouble_told_without_heat_is_an_issue(text, issue):
    assert issue in issues_of(text)


def test_words_of_two_sentences_are_not_read_as_one():
    told = trouble.issues_in("怎么选?还没到货吧")
    assert told.scores.get("logistics_delay", 0.0) < trouble.SURE


@pytest.mark.parametrize("text", ["手机号换了怎么办", "这个怎么操作", "那是我妈的号码"])
def test_a_plain_question_or_fact_is_calm(text):
    assert reading_of(text).emotion == "neutral"


@pytest.mark.parametrize(
    "text", ["还要等多久，都四天没动了", "结果呢？马上六点了", "再不送我就出门了"]
)
def test_impatience_said_plainly_is_heard(text):
    before = (consumer("帮我催一下"), agent("已经帮您催了，请稍等"))
    assert reading_of(text, *before).emotion in UPSET


@pytest.mark.parametrize(
    "text", ["优惠券用不了怎么回事", "这个红包为什么没反应", "付款的时候花呗不能用"]
)
def test_a_coupon_that_cannot_be_used_is_no_defect_of_the_goods(text):
    assert "quality_defect" not in issues_of(text)
    assert "quality_defect" in issues_of("这台机器用不了")


@pytest.mark.parametrize(
    "text", ["呵呵，质量真好，洗一次就破洞", "太棒了，客服又不回消息", "可真行啊，三天了还没发货"]
)
def test_praise_in_mockery_is_no_praise(text):
    reading = reading_of(text)
    assert reading.intent != "praise"
    assert reading.emotion != "satisfied"
    assert reading.sentiment == "negative"
    assert not reading.confident


@pytest.mark.parametrize(
    "text", ["你们给我等着，明天带人去砸店", "再不退钱我弄死你", "我知道你们公司地址，走着瞧"]
)
def test_a_threat_of_violence_is_a_threat(text):
    assert "threat" in reading_of(text).flags


@pytest.mark.parametrize(
    "text", ["等着收货呢", "你们等着我给好评吧", "带人去店里看可以吗", "拆了店里送的盒子"]
)
def test_harmless_words_are_no_threat(text):
    assert "threat" not in reading_of(text).flags
