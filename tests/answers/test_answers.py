"""Words for a consumer rest on what is known; what is not known is not said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from diji import answers
from diji.answers import Draft, Kind, Question
from diji.answers.goods import tell_product
from diji.answers.orders import tell_order
from diji.commerce import OrderState, OrderView, ParcelState, ParcelView, ProductView
from diji.knowledge import Hit
from diji.knowledge.rules import ArticleView
from tests.copilot.make import reading

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SHORT_AGO = timedelta(hours=2)


def article_of(reply: str, *, body: str = "", title: str = "规则", **facts: Any) -> ArticleView:
    return ArticleView("a1", "article", title, (), body, reply, (), (), (), "", facts)


def hit(closeness: float = 0.9, reply: str = "可以机洗。", body: str = "可以机洗。") -> Hit:
    return Hit(article_of(reply, body=body), closeness, "能机洗吗")


def order(
    state: OrderState = OrderState.SHIPPED, *parcels: ParcelView, number: str = "O-1234"
) -> OrderView:
    line = {"product": "coat", "sku": "M", "name": "羽绒服", "quantity": 1, "price": 29900}
    times = (NOW - timedelta(days=3),) * 2
    return OrderView(
        number, "tmall", "wang", state, *times, None, None, 29900, [line], "浙江 ***", parcels, ()
    )


def parcel(
    state: ParcelState = ParcelState.MOVING, ago: timedelta | None = SHORT_AGO
) -> ParcelView:
    track = [{"at": (NOW - ago).isoformat(), "place": "杭州", "words": "已发往上海"}] if ago else []
    return ParcelView("p1", "中通", "ZT789", state, track)


def tell(*orders: OrderView, intent: str = "track_parcel", upset: bool = False) -> Draft | None:
    return tell_order(list(orders), intent, upset=upset, now=NOW)


def write(
    *hits: Hit,
    orders: tuple[OrderView, ...] = (),
    products: tuple[ProductView, ...] = (),
    text: str = "能机洗吗",
    first: bool = False,
    **felt: Any,
) -> list[Draft]:
    asked = Question(text, reading(**felt), "岚里天猫店", hits, orders, products, NOW, first)
    return answers.write(asked)


def product(**attributes: str) -> ProductView:
    return ProductView(
        "AP-003", "低音破壁机", "appliance", "破壁机", 49900, 59900, attributes, [], [], [], [], []
    )


@pytest.mark.parametrize(
    ("text", "evidence", "doubts"),
    [
        ("满59元包邮。", "满59元包邮", ()),
        ("满49元包邮。", "满59元包邮", ("49",)),
        ("48小时内发货", "48小时内发货", ()),
        ("三天内到", "两天内到", ("三",)),
        ("坏了包赔", "质量问题可退", ("赔",)),
        ("全网最低价", "价格实惠", ("最低",)),
        ("这个保证有效", "适合干皮", ("保证",)),
        ("免费送您运费险", "赠运费险", ("免费", "送您")),
        ("加微信领券", "加微信领券", ("加微信",)),
        ("看 https://evil.example", "", ("https://",)),
        ("3 分钟内给您回话", "3 分钟内给您回话", ("3 分钟内给您回话",)),
        ("一个小时内由专人联系您。", "一个小时内由专人联系您。", ("一个小时内由专人联系您",)),
        ("24小时内回复您", "24小时内回复您", ("24小时内回复您",)),
        ("半天之内为您处理好", "半天之内为您处理好", ("半天之内为您处理",)),
        ("您上面问的我看到了", "您上面问的我看到了", ("您上面问的我看到了",)),
        ("正在核对，请稍等", "正在核对，请稍等", ("正在核对",)),
        ("有结果就告诉您", "有结果就告诉您", ("有结果就告诉您",)),
        ("审核后 2 小时内处理", "审核后 2 小时内处理", ()),
        ("大件送前一天会打电话约", "大件送前一天会打电话约", ()),
    ],
)
def test_the_guard_finds_what_the_evidence_does_not_say(
    text: str, evidence: str, doubts: tuple[str, ...]
) -> None:
    assert answers.doubts_about(text, evidence=[evidence]) == doubts


def test_a_figure_is_not_found_inside_a_longer_one() -> None:
    assert answers.doubts_about("9元", evidence=["满59元包邮"]) == ("9",)
    assert answers.doubts_about("30天内", evidence=["13000件已售"]) == ("30",)


@pytest.mark.parametrize(
    ("state", "parcels", "said"),
    [
        (OrderState.UNPAID, (), "还没有付款"),
        (OrderState.PAID, (), "仓库正在备货"),
        (OrderState.SHIPPED, (parcel(ago=None),), "物流信息还没有更新"),
        (OrderState.SHIPPED, (parcel(),), "11月20日 10:00 在杭州"),
        (OrderState.SHIPPED, (parcel(ago=timedelta(days=2)),), "一直没有新的扫描记录"),
        (OrderState.SIGNED, (parcel(ParcelState.SIGNED),), "已签收"),
    ],
)
def test_where_an_order_is_told_for_each_state(
    state: OrderState, parcels: tuple[ParcelView, ...], said: str
) -> None:
    told = tell(order(state, *parcels))
    assert told is not None
    assert said in told.text
    assert told.sources[0].id == "O-1234"


def test_nothing_is_told_that_the_order_does_not_say() -> None:
    told = tell(order(OrderState.SHIPPED, parcel()))
    assert told is not None
    evidence = ["羽绒服 中通 ZT789 杭州 已发往上海 最近一次 11月20日 10:00"]
    assert answers.doubts_about(told.text, evidence=evidence) == ()


@pytest.mark.parametrize("orders", [(), (order(OrderState.CLOSED),), (order(OrderState.SHIPPED),)])
def test_without_anything_to_tell_nothing_is_told(orders: tuple[OrderView, ...]) -> None:
    assert tell(*orders) is None


def test_another_question_is_not_answered_with_the_order() -> None:
    assert tell(order(OrderState.PAID), intent="size_advice") is None


def test_with_several_orders_under_way_the_agent_is_warned() -> None:
    one, two = order(OrderState.PAID), order(OrderState.PAID, number="O-5678")
    told = tell(one, two)
    assert told is not None
    assert told.sure < 0.7
    assert "不止一个" in told.why


@pytest.mark.parametrize(
    ("intent", "meant"),
    [
        ("delivery_delay", "stuck"),
        ("track_parcel", "stuck"),
        ("urge_shipment", "paid"),
        ("delivery_problem", "signed"),
    ],
)
def test_the_order_that_is_meant_is_told_and_not_merely_the_newest(intent: str, meant: str) -> None:
    told = tell(
        order(OrderState.SIGNED, parcel(ParcelState.SIGNED), number="signed"),
        order(OrderState.SHIPPED, parcel(), number="moving"),
        order(OrderState.SHIPPED, parcel(ago=timedelta(days=4)), number="stuck"),
        order(OrderState.PAID, number="paid"),
        intent=intent,
    )
    assert told is not None
    assert told.sources[0].id == meant


def test_who_is_upset_hears_an_apology_first() -> None:
    told = tell(order(OrderState.PAID), upset=True)
    assert told is not None
    assert told.text.startswith("让您久等了，抱歉。")
    assert told.kind is Kind.SOOTHE


def test_without_an_order_it_is_asked_for() -> None:
    first = write(intent="track_parcel", orders=())[0]
    assert (first.kind, first.sources) == (Kind.ASK, ())
    assert "手机号" in first.text
    assert "卡片" not in first.text  # who has no order is shown no card of one


def test_the_surest_draft_comes_first_and_a_doubtful_one_last() -> None:
    doubtful = Hit(article_of("满49元包邮。", body="满59元包邮。"), 0.95, "包邮吗")
    drafts = write(hit(0.5, "b"), doubtful, hit(0.7, "a"), hit(0.6, "c"), hit(0.1, "d"))
    assert [d.text for d in drafts] == ["a", "c", "b"]


def test_a_doubtful_draft_still_stands_before_one_beside_the_point() -> None:
    doubtful = Hit(article_of("满49元包邮。", body="满59元包邮。"), 0.9, "包邮吗")
    drafts = write(hit(0.3, "beside"), doubtful)
    assert [d.text for d in drafts] == ["满49元包邮。", "beside"]


def test_a_reply_with_a_figure_that_its_article_does_not_have_is_doubted() -> None:
    drafts = write(Hit(article_of("满49元包邮。", body="满59元包邮。"), 0.9, "包邮吗"))
    assert drafts[0].doubts == ("49",)


def test_an_article_is_quoted_word_for_word_and_named() -> None:
    draft = write(hit())[0]
    assert (draft.text, draft.sources[0].id, draft.doubts) == ("可以机洗。", "a1", ())


def test_what_is_far_from_the_question_is_not_offered() -> None:
    assert write(hit(0.14)) == []


@pytest.mark.parametrize("intent", ["greeting", "thanks_bye", "urge_reply", "praise"])
def test_courtesy_needs_no_source(intent: str) -> None:
    draft = write(intent=intent)[0]
    assert draft.kind is Kind.SOCIAL
    assert "{" not in draft.text


@pytest.mark.parametrize(
    "text", ["在吗", "有人吗？", "？", "？？？", "亲 在不在", "你好，在吗", "人呢"]
)
def test_who_merely_calls_first_is_greeted_and_hears_of_nothing_said_before(text: str) -> None:
    script = Hit(article_of("您上面问的我看到了，3 分钟内给您回话。", body="在吗"), 0.99, "在吗")
    said = write(script, text=text, first=True, intent="urge_reply")[0]
    assert said.text.startswith("您好，欢迎来到岚里天猫店")
    assert said.doubts == ()
    later = write(script, text=text, intent="urge_reply")[0]
    assert "请说说您遇到的问题" in later.text


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("好滴 谢谢", "thanks_bye"),
        ("嗯嗯好的，辛苦了", "thanks_bye"),
        ("知道了", "acknowledge"),
        ("收到👌", "acknowledge"),
        ("您好！", "greeting"),
        ("在吗", "urge_reply"),
        ("好的，什么时候发货", None),
        ("行不行", None),
        ("好的？", None),
        ("谢谢你们的破衣服", None),
        ("👍👍", None),
        ("", None),
    ],
)
def test_courtesy_is_told_from_the_words_alone(text: str, intent: str | None) -> None:
    assert answers.courtesy_in(text) == intent


@pytest.mark.parametrize("text", ["帮我推荐一款", "有什么推荐的吗？", "推荐一下呗"])
def test_who_wants_something_recommended_is_asked_what_for(text: str) -> None:
    asked = write(text=text, intent="recommendation")[0]
    assert (asked.kind, asked.doubts) == (Kind.ASK, ())
    assert "预算" in asked.text


def test_a_wish_that_says_what_for_is_not_asked_again() -> None:
    assert write(text="帮我推荐一款油皮用的洁面", intent="recommendation") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("声音大不大", "噪音：盖上隔音罩约70dB"),
        ("几升的呀", "容量：1.75L"),
        ("质保怎么算", "质保：整机1年"),
    ],
)
def test_a_product_is_told_from_its_own_attributes(text: str, said: str) -> None:
    known = product(噪音="盖上隔音罩约70dB", 容量="1.75L", 质保="整机1年")
    told = write(products=(known,), text=text)[0]
    assert said in told.text
    assert (told.kind, told.sources[0].id, told.doubts) == (Kind.PRODUCT, "AP-003", ())


def test_what_a_product_does_not_say_is_not_told() -> None:
    assert tell_product(product(容量="1.75L"), "声音大不大") is None
    assert tell_product(product(容量="1.75L"), "什么时候发货") is None


def test_who_only_points_at_a_product_is_asked_about_it() -> None:
    asked = write(products=(product(),), text="")[0]
    assert "低音破壁机" in asked.text
    assert asked.kind is Kind.ASK


def test_a_parcel_that_stands_still_needs_a_person_who_asks_the_courier() -> None:
    still = order(OrderState.SHIPPED, parcel(ago=timedelta(days=3)))
    general = Hit(article_of("订单页可以看物流。"), 0.8, "快递到哪了")
    told = write(general, orders=(still,), intent="track_parcel")[0]
    assert "一直没有新的扫描记录" in told.text
    assert told.doubts
    assert (
        write(general, orders=(order(OrderState.SHIPPED, parcel()),), intent="track_parcel")[
            0
        ].doubts
        == ()
    )
