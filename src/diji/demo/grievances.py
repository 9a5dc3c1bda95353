"""After-sales: why goods go back, and how far that has come."""

import random
from datetime import datetime, timedelta
from typing import Any

from diji.commerce import AfterSaleKind

from .hours import DAY
from .world import products

# Each reason with the goods of which it can be said; none: of all.
_REASONS: dict[AfterSaleKind, tuple[tuple[str, str], ...]] = {
    AfterSaleKind.RETURN: (
        ("不喜欢，七天无理由", ""), ("收到时有瑕疵", ""), ("买重了", ""), ("家人已经买了", ""),
        ("与页面描述不符", ""), ("到货晚了，用不上了", ""), ("尺码不合适", "clothes baby"),
        ("颜色与想象有差距", "clothes beauty digital appliance"), ("用着不顺手", "appliance digital baby"),
        ("声音比想象的大", "appliance"), ("味道不习惯", "food beauty"), ("用了皮肤发红", "beauty"),
    ),
    AfterSaleKind.EXCHANGE: (
        ("换大一码", "clothes"), ("换小一码", "clothes"), ("换颜色", "clothes digital appliance beauty baby"),
        ("缝线开了，换新", "clothes baby"), ("开不了机，换新", "appliance digital"),
        ("接口松动，换新", "appliance digital"), ("包装破损，换新", "food beauty baby"),
    ),
    AfterSaleKind.REFUND: (
        ("少发一件", ""), ("赠品漏发", ""), ("运输途中破损", ""), ("有漏液", "beauty food baby"),
        ("发霉变质", "food"), ("胀袋漏气", "food"),
    ),
}  # fmt: skip
# The step that an after-sale is at, with how likely it is while it is young.
_STEPS = {
    AfterSaleKind.RETURN: (("待审核", 3), ("待寄回", 3), ("退货途中", 4), ("验货中", 2), ("已退款", 4)),
    AfterSaleKind.EXCHANGE: (("待审核", 2), ("待寄回", 3), ("退货途中", 3), ("换新已寄出", 3), ("已完成", 2)),
    AfterSaleKind.REFUND: (("待审核", 3), ("已退款", 4), ("已拒绝", 1)),
}  # fmt: skip
_ENDS = {
    AfterSaleKind.RETURN: ("已退款", "已退款", "已退款", "已撤销"),
    AfterSaleKind.EXCHANGE: ("已完成", "已完成", "已撤销"),
    AfterSaleKind.REFUND: ("已退款", "已退款", "已拒绝"),
}
_YOUNG = timedelta(days=9)
_OF_SIGNED, _OF_DONE = 0.2, 0.08


def after_sale(
    dice: random.Random, what: str, order: dict[str, Any], born: datetime
) -> dict[str, Any] | None:
    """The after-sale of an order, if it has one."""
    if what == "refunded":
        opened_at = min(order["paid_at"] + timedelta(hours=dice.uniform(0.3, 20)), born)
        return _row(order, AfterSaleKind.REFUND, "已退款", "拍错了，不想要了", opened_at)
    if what == "refused":
        return _row(
            order, AfterSaleKind.RETURN, "已退款", "拒收退回", order["shipped_at"] + 5 * DAY
        )
    likely = {"signed": _OF_SIGNED, "done": _OF_DONE}.get(what, 0.0)
    if dice.random() >= likely:
        return None
    kind = dice.choices(list(AfterSaleKind), (0.6, 0.2, 0.2))[0]
    opened_at = min(
        order["signed_at"] + timedelta(hours=dice.uniform(0.5, 130)),
        born - timedelta(minutes=dice.uniform(20, 300)),
    )
    opened_at = max(opened_at, order["signed_at"])
    if born - opened_at < _YOUNG:
        names, weights = zip(*_STEPS[kind], strict=True)
        state = dice.choices(names, weights)[0]
    else:
        state = dice.choice(_ENDS[kind])
    category = products()[order["lines"][0]["product"]]["category"]
    fitting = [reason for reason, said_of in _REASONS[kind] if category in said_of or not said_of]
    return _row(order, kind, state, dice.choice(fitting), opened_at)


def _row(
    order: dict[str, Any], kind: AfterSaleKind, state: str, reason: str, opened_at: datetime
) -> dict[str, Any]:
    line = order["lines"][0]
    whole = reason in {"拍错了，不想要了", "拒收退回"}
    amount = order["total"] if whole else line["price"] * line["quantity"]
    return {
        "id": f"AS{order['id'].replace('-', '')[-16:]}", "shop_id": order["shop_id"],
        "order_id": order["id"], "kind": kind.value, "state": state, "reason": reason,
        "amount": 0 if kind is AfterSaleKind.EXCHANGE else amount, "opened_at": opened_at,
    }  # fmt: skip
