"""The promise guard: every figure, date and great word in a draft must stand in what it rests on."""

import re
from collections.abc import Iterable

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CHINESE_FIGURE = re.compile(
    r"[一二三四五六七八九十两百千半]+(?=[天日小时分钟周月年元块折次件包倍])"
)
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


def doubts_about(text: str, *, evidence: Iterable[str]) -> tuple[str, ...]:
    """What a draft says that its evidence does not: each as the words in question."""
    ground = "\n".join(evidence)
    doubts = [figure for figure in _figures(text) if not _stands_in(figure, ground)]
    doubts += [word for word in (*_GREAT_WORDS, *_PROMISES) if word in text and word not in ground]
    doubts += [found.group() for found in _AWAY.finditer(text)]
    return tuple(dict.fromkeys(doubts))


def _stands_in(figure: str, ground: str) -> bool:
    """A whole figure: 9 does not stand in 59, nor 59 in 59.5, but in 59.00."""
    whole = rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?!\d)(?!\.\d*[1-9])"
    return re.search(whole, ground) is not None


def _figures(text: str) -> list[str]:
    return [*_FIGURE.findall(text), *_CHINESE_FIGURE.findall(text)]
