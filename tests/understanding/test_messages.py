import pytest

from diji import understanding
from diji.understanding import Attachment, Scored, human
from tests.understanding.make import agent, consumer, issues_of, reading_of


@pytest.mark.parametrize(
    "text", ["转人工", "我要找真人客服", "别拿机器人糊弄我，叫你们主管来", "人工！", "有没有活人啊"]
)
def test_who_asks_for_a_person_gets_one(text):
    reading = reading_of(text)
    assert reading.needs_human > 0.9
    assert any("人工" in reason for reason in reading.reasons)


@pytest.mark.parametrize(
    "text", ["再不处理我就打12315了", "已经截图发给消协了", "咱们法院见", "我要在抖音曝光你们"]
)
def test_who_threatens_to_report_waits_for_a_person(text):
    reading = reading_of(text)
    assert "threat" in reading.flags
    assert reading.needs_human > 0.9
    assert reading.emotion in {"angry", "disappointed"}


@pytest.mark.parametrize(
    "text",
    ["用完脸又红又肿", "孩子误食了干燥剂", "插上电就冒烟", "不想活了，钱全被骗光了", "怀孕能用吗"],
)
def test_danger_to_people_is_never_left_to_the_machine(text):
    reading = reading_of(text)
    assert "safety" in reading.flags
    assert reading.needs_human > 0.75


def test_who_may_harm_themselves_is_met_with_care_not_as_a_complaint():
    reading = reading_of("退不了我就去跳楼")
    assert reading.reasons[0].startswith("话里有轻生的意思")
    assert not any("投诉" in reason for reason in reading.reasons[:2])


@pytest.mark.parametrize("text", ["你们这群骗子，傻逼店", "滚蛋吧垃圾客服", "你们店家妈的骗人"])
def test_abuse_is_anger(text):
    reading = reading_of(text)
    assert "abuse" in reading.flags
    assert reading.emotion == "angry"
    assert reading.intensity > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "这款垃圾袋结实吗",
        "想死你家的蛋糕了",
        "没有过敏，挺好用",
        "usb接口在哪",
        "我妈的快递放门卫就行",
        "留孩子他妈的电话吧",
    ],
)
def test_harmless_words_raise_no_alarm(text):
    assert not set(reading_of(text).flags) & {"abuse", "threat", "safety"}


@pytest.mark.parametrize(
    "text", ["加个微信聊吧", "vx多少，线下转账能便宜不", "方便加我QQ吗", "扫码加你好友"]
)
def test_dealing_elsewhere_is_known_for_its_fixed_answer(text):
    assert reading_of(text).intent == "off_platform"


def test_paying_by_wechat_is_no_dealing_elsewhere():
    assert reading_of("可以用微信支付吗").intent != "off_platform"


@pytest.mark.parametrize("text", ["好评返现多少", "晒图有红包吗", "五星好评能返几块"])
def test_a_reward_for_praise_is_known_for_its_fixed_answer(text):
    assert reading_of(text).intent == "review_reward"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("什么时候能发货呀", "shipping_time"),
        ("怎么还没发货，都三天了", "urge_shipment"),
        ("快递停在中转站四天不动了", "delivery_delay"),
        ("帮我查一下快递到哪了", "track_parcel"),
        ("发票抬头开错了能重开吗", "invoice"),
        ("身高165体重110穿什么码", "size_advice"),
        ("地址写错了帮我改一下", "change_address"),
        ("这两款有什么区别", "product_compare"),
        ("刚买就降价了，差价退我", "price_protection"),
        ("你好", "greeting"),
        ("好的", "acknowledge"),
        ("谢谢，辛苦了", "thanks_bye"),
        ("在吗", "urge_reply"),
        ("？？", "urge_reply"),
        ("2389045612378901", "provide_info"),
    ],
)
def test_everyday_wishes_are_understood(text, intent):
    assert reading_of(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "咨询订单号:888012345 订单金额:59.00 下单时间:2026-11-20",
        "[订单编号:88801，订单金额:59，下单时间:2026-11-20 10:11]",
    ],
)
def test_an_order_card_alone_tells_which_order_it_is_about(text):
    assert reading_of(text).intent == "provide_info"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("咨询订单号:88801 tuikuan", "return_refund"),
        ("下单时间:2026-11-20 3天了还没发货", "urge_shipment"),
        ("订单编号:123456什么时候发货", "shipping_time"),
        ("商品ID:1234这个有货吗", "stock"),
    ],
)
def test_words_beside_an_order_card_are_what_is_wanted(text, intent):
    assert reading_of(text).intent == intent


def test_a_card_alone_is_about_the_shop_and_nothing_is_unclear():
    assert reading_of("咨询订单号:888012345 订单金额:59.00").confident


def test_a_matter_told_some_turns_ago_is_still_the_matter():
    told = [
        consumer("我的快递三天没动了"),
        agent("请提供一下订单号"),
        consumer("[订单x]"),
        agent("稍等"),
    ]
    assert reading_of("帮我催一下", *told).intent == "delivery_delay"
    paid = [consumer("我的退款三天没到账"), *told[1:]]
    assert reading_of("帮我催一下", *paid).intent == "refund_status"


def needed(*issues: Scored, **emotions: float) -> float:
    felt = (
        dict.fromkeys(("angry", "anxious", "disappointed", "neutral", "satisfied"), 0.01) | emotions
    )
    told = human.needed(
        -2.0, found={}, emotions=felt, intents={}, issues=issues, told_before=0, unread=()
    )
    return told.chance


def test_blame_and_a_grave_issue_call_a_person_sooner() -> None:
    calm = needed(neutral=0.96)
    assert needed(disappointed=0.9) > 2 * calm
    assert needed(Scored("logistics_lost", 0.9), neutral=0.96) > calm + 0.1


def test_no_more_turns_are_read_than_the_models_have_learned_from():
    polite = [agent("请稍等"), consumer("好的")] * 3
    assert reading_of("多久能到", consumer("你们这群骗子"), *polite) == reading_of(
        "多久能到", *polite
    )


@pytest.mark.parametrize(("text", "side"), [("唱得真好听", "positive"), ("唱得真难听", "negative")])
def test_even_calm_talk_leans_to_a_side(text, side):
    scores = reading_of(text).sentiment_scores
    assert side == max(("positive", "negative"), key=lambda one: scores[one])


@pytest.mark.parametrize("text", ["充电器不能充电", "手机不能开机", "灯不能亮了"])
def test_what_cannot_be_done_is_no_mere_question(text):
    assert "quality_defect" in issues_of(text)


def test_who_sends_no_words_is_not_taken_for_upset():
    assert reading_of("", agent("非常抱歉给您添麻烦了")).emotion == "neutral"


@pytest.mark.parametrize("text", ["不行", "不要", "不可以的", "没有", "算了。"])
def test_a_bare_no_to_our_words_is_never_sure(text):
    offer = [consumer("杯子碎了"), agent("亲，这边给您补偿5元可以吗？")]
    assert not reading_of(text, *offer).confident


def test_an_order_number_on_a_card_is_named_too():
    told = reading_of("咨询订单号:888012345678 什么时候发货").entities
    assert [one.value for one in told if one.kind == "order_number"] == ["888012345678"]


def test_words_behind_an_order_of_the_widget_are_heard():
    reading = reading_of("[订单] 123456789012 没收到货")
    assert reading.intent == "delivery_problem"


def test_a_number_after_we_asked_for_it_is_an_answer():
    reading = reading_of("尾号3321，白色那件", agent("麻烦提供一下订单号呢"))
    assert reading.intent == "provide_info"


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("都四天了还没发货", "shipping_overdue"),
        ("显示签收了可我没收到啊", "logistics_lost"),
        ("穿了一次就开线了", "quality_defect"),
        ("少发了一件", "wrong_item"),
        ("退款半个月了还没到账", "refund_delay"),
        ("客服态度太差了", "service_attitude"),
        ("打开箱子里面全碎了", "parcel_damaged"),
        ("说好送杯子的，没有", "promise_broken"),
        ("这绝对是假货", "counterfeit"),
    ],
)
def test_trouble_that_is_told_is_an_issue(text, issue):
    assert issue in issues_of(text)


@pytest.mark.parametrize(
    "text",
    ["这个会不会掉色", "如果坏了怎么办", "掉毛吗", "容易起球吗", "没有破损，谢谢", "快递慢不慢"],
)
def test_trouble_that_is_only_asked_about_is_no_issue(text):
    assert issues_of(text) == set()


def test_what_nobody_has_looked_at_is_never_sure():
    unread = reading_of("你好", attachments=(Attachment("picture"),))
    read = reading_of("你好", attachments=(Attachment("picture", "一张快递面单"),))
    assert not unread.confident
    assert any("图片" in reason for reason in unread.reasons)
    assert unread.needs_human > read.needs_human


def test_sarcasm_is_never_sure():
    reading = reading_of("真行啊，等了半个月还没到，谢谢你们让我学会耐心")
    assert "sarcasm" in reading.flags
    assert reading.emotion != "satisfied"
    assert not reading.confident


@pytest.mark.parametrize("text", ["这个呢", "那个可以吗"])
def test_pointing_without_saying_at_what_is_ambiguous(text):
    reading = reading_of(text)
    assert reading.ambiguous
    assert not reading.confident


def test_who_tells_the_same_trouble_again_needs_a_person_sooner():
    once = reading_of("还没收到货")
    again = reading_of(
        "还没收到货", consumer("快递四天没动了"), agent("帮您催了"), consumer("还是没到，太慢了")
    )
    assert again.needs_human > once.needs_human
    assert any("同一会话" in reason for reason in again.reasons)


def test_shouting_is_stronger_than_saying():
    calm, loud = reading_of("有点失望"), reading_of("太失望了！！！简直了！！")
    assert loud.intensity > calm.intensity


@pytest.mark.parametrize(
    ("text", "stage", "objection"),
    [
        ("太贵了，再看看吧", "hesitating", "too_expensive"),
        ("拼多多上同款便宜三十", "hesitating", "cheaper_elsewhere"),
        ("我穿多大码", "choosing", None),
        ("我要退货", "aftersale", None),
    ],
)
def test_stage_and_objection_are_told_by_the_words(text, stage, objection):
    reading = reading_of(text)
    assert reading.stage == stage
    assert reading.objection == objection


def test_every_span_shows_the_consumers_own_letters():
    text = "東西收到了，屏幕裂了！！再不處理就打１２３１５"
    reading = reading_of(text)
    assert reading.because
    places = [(one.start, one.end, one.text) for one in reading.because]
    places += [(one.start, one.end, one.text) for one in reading.entities]
    assert all(text[start:end] == words for start, end, words in places)
    assert {"threat", "quality_defect"} <= {span.of for span in reading.because}


def test_traditional_and_wide_letters_read_like_plain_ones():
    assert reading_of("怎麼還不發貨").intent == reading_of("怎么还不发货").intent
    assert "threat" in reading_of("打１２３１５").flags


def test_many_at_once_read_like_one_by_one():
    texts = ["你好", "什么时候发货", "坏了，退钱！", ""]
    together = understanding.read_many([understanding.Message(text) for text in texts])
    assert together == [understanding.read(text) for text in texts]
