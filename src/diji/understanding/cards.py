"""Cards of orders and goods, which platforms put into a message when a chat is opened from one."""

from __future__ import annotations

import re

from .normalise import normalise

# Values are masked or written in figures and Latin letters: what stands right behind them was said.
_VALUE = r"(?:\[[^\]\s]*\]|[0-9a-z.*/-]+)"
_DAY = r"(?:\[[^\]\s]*\]|[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)"
_CLOCK = r"(?:\[[^\]\s]*\]|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_CARD = re.compile(
    rf"咨询订单号:?\s*{_VALUE}|订单(?:编号|金额):\s*{_VALUE}|商品id:\s*{_VALUE}"
    rf"|下单时间:\s*{_DAY}(?:\s+{_CLOCK})?|\[订单(?:卡片)?\]\s*(?:订单号:?)?\s*[0-9][0-9-]{{5,}}"
)


def plain_of(text: str) -> str:
    """A message as tables and models read it, without cards; every offset is the original's."""
    return without_cards(normalise(text))


def without_cards(whole: str) -> str:
    """Cards of a normalised message as blanks; the same string where it holds none."""
    if "订单" not in whole and "商品id" not in whole and "下单时间" not in whole:
        return whole
    return _CARD.sub(lambda card: " " * len(card[0]), whole)
