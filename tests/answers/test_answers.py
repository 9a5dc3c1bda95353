"""Words for a consumer rest on what is known; what is not known is not said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from diji import answers
from diji.answers import Draft, Kind, Question
from diji.answers.orders import tell_order
from diji.commerce import OrderState, OrderView, ParcelState, ParcelView
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
    *hits: Hit, orders: tuple[OrderView, ...] = (), text: str = "", **felt: Any
) -> list[Draft]:
    return answers.write(Question(text, reading(**felt), "岚里天猫店", hits, orders, (), NOW))


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


def test_the_surest_draft_comes_first_and_a_doubtful_one_last() -> None:
    doubtful = Hit(article_of("满49元包邮。", body="满59元包邮。"), 0.95, "包邮吗")
    drafts = write(hit(0.5, "b"), doubtful, hit(0.7, "a"), hit(0.6, "c"), hit(0.1, "d"))
    assert [d.text for d in drafts] == ["a", "c", "b"]


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
