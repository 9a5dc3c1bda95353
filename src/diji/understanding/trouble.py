"""What went wrong: words that complain count, words that only ask or deny do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import tables
from .clauses import clauses
from .odds import sigmoid
from .reading import Scored, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

SURE, CUE = 0.88, 0.68


@dataclass(frozen=True, slots=True)
class Troubles:
    """Issues with their scores, and the words that tell them."""

    scores: dict[str, float]
    spans: tuple[Span, ...]

    def ranked(self) -> tuple[Scored, ...]:
        pairs = sorted(self.scores.items(), key=lambda item: -item[1])
        return tuple(Scored(issue, score) for issue, score in pairs)

    def shown(self, text: str) -> tuple[Span, ...]:
        """The spans as the original text writes them, for the issues that stayed."""
        return tuple(
            Span(one.of, text[one.start : one.end], one.start, one.end)
            for one in self.spans
            if one.of in self.scores
        )


# What might be: nobody complains yet.
_HYPOTHETICAL = re.compile(
    r"会不会|(?P<verb>.)不(?P=verb)|容(?:易)?不容易|容易.{0,8}(?:吗|么|不|[?])|会.{0,8}(?:吗|么|嘛|不[?]?$)|如果|万一|要是|假如|假设"
    r"|以为|怕|担心|若是?|的话|是否会?|有没有(?:人|过|出现|发生)|可能会|以后|将来"
    r"|(?:掉色|褪色|起球|缩水|变形|生锈|掉毛|过敏|漏水|脱皮|有色差|色差大)(?:吗|么|不|嘛)"
    r"|是(?:不是)?正品|是不是真|能不能退|可以退|怎么退|几天(?:到|能)|多久(?:到|能|发)|什么时候"
)
_COMPLAINS = re.compile(
    r"怎么还|怎么这|为什么|为啥|凭什么|都.{0,6}了|还没|一直|到底|又|迟迟|说好|明明"
)
_DENIES = re.compile(
    r"(?:没有?|不是?|不会|并不|并未|从未|未|不怎么|没啥|不太|无)(?:任何|什么|出现|发现|太|再|怎么)?$"
)
# Coupons and payments that cannot be used are no defect of the goods.
_FAILS = re.compile(r"用不了|不能用|没反应|没法用|失灵")
_OF_MONEY = re.compile(r"券|红包|优惠码|折扣码|兑换码|积分|余额|花呗|白条|支付|付款|付不了")
_ENDS = re.compile(r"[?!。;](?=.)")
# A short question how or whether something is done: the same words as a trouble, and none of it.
_ASKS_HOW = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:申请|开(?!错|的是)|弄(?!的)|办理|退|改|操作|查|领|用|买|下单|取消|算|选|填|换(?!了)|付|联系|寄|使)"
    r"[^没不还错]{0,6}$|(?:可不可以|能不能|是否|有没有|会不会)[^没还错]{0,14}(?:吗|么|嘛|不|呢)?[?]*$"
    r"|(?<![不智性功只可才总])(?:能|可以)[^没还错]{0,14}(?:吗|么|嘛|不|[?])[?]*$"
    r"|(?P<how>[慢贵大小厚硬薄])不(?P=how)"
)
_SHORT, _ODDS_OF_WHO_ASKS = 16, 1.5
_ASKS = re.compile(r"(?:吗|么|嘛|呢|不)?[?]+$|(?:吗|么|嘛)$")


def issues_in(plain: str, *, said: bool = False) -> Troubles:
    """Issues that the words tell; ``said``: a review, that tells rather than asks."""
    scores: dict[str, float] = {}
    spans: list[Span] = []
    cut = clauses(plain)
    for issue, sure, cue in tables.issue_cues():
        score, match = _by_words(plain, sure, cue, cut, said=said)
        if match is not None and score:
            scores[issue] = score
            spans.append(Span(issue, match[0], *match.span()))
    _drop_weaker_twins(scores)
    return Troubles(scores, tuple(spans))


def joined(told: Troubles, model: Mapping[str, float], plain: str) -> Troubles:
    """What the model hears, and whatever the words say beyond doubt; only what is likelier than not."""
    least = _ODDS_OF_WHO_ASKS if _merely_asks(plain) else 0.0
    scores = {
        issue: round(sigmoid(odds), 4)
        for issue, odds in model.items()
        if odds >= (0.0 if issue in told.scores else least)
    }
    if "delivery_service" in told.scores:
        # Who does not answer the telephone is the courier.
        scores.pop("no_response", None)
    for issue, score in told.scores.items():
        if score >= SURE:
            scores[issue] = max(scores.get(issue, 0.0), score)
    return Troubles(scores, told.spans)


def _merely_asks(plain: str) -> bool:
    short = plain.strip()
    return (
        len(short) <= _SHORT
        and _ASKS_HOW.search(short) is not None
        and not _COMPLAINS.search(short)
    )


def _by_words(
    plain: str,
    sure: re.Pattern[str],
    cue: re.Pattern[str],
    cut: list[tuple[int, int]],
    *,
    said: bool,
) -> tuple[float, re.Match[str] | None]:
    for match in sure.finditer(plain):
        clause = _around(match, cut, plain)
        told = _COMPLAINS.search(clause) or not _HYPOTHETICAL.search(clause)
        # Words of two sentences tell nothing together.
        denied = _DENIES.search(plain[: match.start()][-6:]) or _ENDS.search(match[0])
        if told and not denied and not _of_money(match, clause):
            return SURE, match
    for match in cue.finditer(plain):
        clause = _around(match, cut, plain)
        open_question = not said and _ASKS.search(clause) and not _COMPLAINS.search(clause)
        if _HYPOTHETICAL.search(clause) or open_question or _of_money(match, clause):
            continue
        if not _DENIES.search(plain[: match.start()][-6:]):
            return CUE, match
    return 0.0, None


def _of_money(match: re.Match[str], clause: str) -> bool:
    return bool(_FAILS.fullmatch(match[0]) and _OF_MONEY.search(clause))


def _around(match: re.Match[str], cut: list[tuple[int, int]], plain: str) -> str:
    """The clauses that a match touches."""
    touched = [(a, b) for a, b in cut if a < match.end() and b > match.start()]
    return plain[touched[0][0] : touched[-1][1]] if touched else match[0]


def _drop_weaker_twins(scores: dict[str, float]) -> None:
    """Of two readings of the same words keep the one that says more."""
    if "shipping_overdue" in scores and "logistics_delay" in scores:
        weaker = min(("logistics_delay", "shipping_overdue"), key=lambda one: scores[one])
        if scores[weaker] < SURE:
            del scores[weaker]
    if "delivery_service" in scores:
        scores.pop("no_response", None)
    if "parcel_damaged" in scores and scores.get("quality_defect", 1.0) < SURE:
        del scores["quality_defect"]
