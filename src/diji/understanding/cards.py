"""Cards of orders and goods, which platforms put into a message when a chat is opened from one."""

from __future__ import annotations

import re

from .normalise import normalise

_CARD = re.compile(
    r"咨询订单号[:：]?\s*\S+|订单(?:编号|金额)[:：]\s*[^\s,，]+|商品id[:：]\s*\S+"
    r"|下单时间[:：]\s*\S+(?:\s+(?=\[|\d)\S+)?"
)


def plain_of(text: str) -> str:
    """A message as tables and models read it, without cards; every offset is the original's."""
    plain = normalise(text)
    if not _may_hold_one(plain):
        return plain
    return _CARD.sub(lambda card: " " * len(card[0]), plain)


def has_card(text: str) -> bool:
    """Whether a platform put an order or a product into the message."""
    plain = normalise(text)
    return _may_hold_one(plain) and _CARD.search(plain) is not None


def _may_hold_one(plain: str) -> bool:
    return "订单" in plain or "商品id" in plain or "下单时间" in plain
