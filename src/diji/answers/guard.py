"""The promise guard: every figure, date and great word of a draft stands in what it rests on."""

import re
from collections.abc import Iterable

from diji.knowledge import figures_beyond

_GREAT_WORDS = (
    "最好",
    "最低",
    "第一",
    "绝对",
    "永久",
    "永远",
    "百分百",
    "100%",
    "保证",
    "肯定能",
    "一定能",
)
_PROMISES = ("赔", "补偿", "免费", "包邮", "返现", "送您", "赠送", "全额退", "假一赔")
_AWAY = re.compile(r"加微信|微信号|\bVX\b|https?://|www\.", re.IGNORECASE)
# Only who will be there may say these, whatever an article says: a word with a time, and words about this talk.
_PERSONS_WORD = re.compile(
    r"(?:\d+|[一二两三四五六七八九十半几]+)\s*(?:个?(?:分钟|小时|钟头|工作日)|天)之?内"
    r"(?:[^。；，！？\n]{0,8}(?:给|为|帮|替|跟|和)您[^。；，！？\n]{0,4}"
    r"(?:回话|回复|回电|回音|答复|准信|处理|解决|核实|联系|打电话|结果)"
    r"|[^。；，！？\n]{0,8}(?:(?:回复|回话|回电|答复|联系|通知|找)您|告诉您|回话|回电))"
    r"|您?(?:上面|刚才|前面|之前)(?:问|说|提|聊到)[^。；，！？\n]{0,6}"
    r"|之前的记录我|正在(?:核对|核实|处理|帮您|为您)|有了?结果[^。；，！？\n]{0,4}(?:告诉|回复|通知|联系)您"
)


def doubts_about(text: str, *, evidence: Iterable[str]) -> tuple[str, ...]:
    """What a draft says that its evidence does not, or that only a person may say: the words in question."""
    ground = "\n".join(evidence)
    doubts = figures_beyond(text, ground)
    doubts += [word for word in (*_GREAT_WORDS, *_PROMISES) if word in text and word not in ground]
    doubts += [found.group() for found in _AWAY.finditer(text)]
    doubts += [found.group() for found in _PERSONS_WORD.finditer(text)]
    return tuple(dict.fromkeys(doubts))
