"""What the consumer wants: the model's log-odds, words that speak clearly, and a little context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import names, tables
from .odds import best, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .flag import Hits
    from .reading import Attachment, Turn

TALK = ("greeting", "urge_reply", "thanks_bye", "acknowledge", "provide_info", "praise")
# Cards that platforms put into a message when the consumer opens the chat from an order.
_CARD = re.compile(
    r"咨询订单号[:：]?\s*\S+|订单(?:编号|金额)[:：]\s*[^\s,，]+|商品id[:：]\s*\S+"
    r"|下单时间[:：]\s*\S+(?:\s+(?=\[|\d)\S+)?"
)
_ASKS_FOR_FACTS = re.compile(
    r"(?:提供|发|报|告知|说)一?下?.{0,8}(?:订单|单号|图|照片|地址|电话|手机|姓名|截图|视频|身高)"
    r"|(?:订单号|地址|电话|照片|身高体重|尺码|型号).{0,6}(?:多少|是什么|发|方便|呢[?]?$)"
)
_FACT = re.compile(r"\d{2,}|\[.{1,6}\]|省|市|区|路|号|栋|单元|室")
_KNOWN_LETTERS = re.compile(r"[\u4e00-\u9fff\d]")
# Who tells what went wrong mostly wants it put right.
_FROM_ISSUE = {
    "quality_defect": ("quality_issue", 1.6), "parcel_damaged": ("quality_issue", 1.4),
    "adverse_reaction": ("quality_issue", 1.6), "expired": ("quality_issue", 1.4),
    "not_as_described": ("quality_issue", 1.3), "safety_hazard": ("quality_issue", 1.3),
    "wrong_item": ("wrong_or_missing", 1.6), "shipping_overdue": ("urge_shipment", 1.5),
    "logistics_delay": ("delivery_delay", 1.5), "logistics_lost": ("delivery_problem", 1.8),
    "delivery_service": ("delivery_problem", 1.6), "refund_delay": ("refund_status", 1.5),
    "invoice_problem": ("invoice", 1.5), "price_dispute": ("price_protection", 1.3),
    "service_attitude": ("complaint", 1.6), "no_response": ("urge_reply", 1.0),
    "aftersale_refused": ("complaint", 0.8), "promise_broken": ("complaint", 0.8),
}  # fmt: skip
# Words that only point at something that was not said.
_POINTS_ONLY = re.compile(
    r"(?:那|就|我说的?)?(?:这个|那个|这款|那款|它|这样|那样|这种|上面的?|刚才的?|第[一二三四1-4]个)"
    r"(?:呢|可以|行|怎么样|怎么说|吗|么|的话)*[?!。 ]*"
)
VAGUE, WEAK, CLOSE = 0.25, 0.4, 0.12
_ASKS = re.compile(r"[?]|吗|么|呢$|怎么|什么|多少|几|能不能|可以|哪")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Intents by probability, and the words of the cues that lifted them."""

    scores: dict[str, float]
    cues: dict[str, tuple[int, int]]

    @property
    def first(self) -> str:
        return best(self.scores)


def without_cards(plain: str) -> str:
    """Blank out order cards, keeping every offset."""
    if "订单" not in plain and "商品id" not in plain:
        return plain
    return _CARD.sub(lambda card: " " * len(card[0]), plain)


def rank(
    plain: str,
    found: Hits,
    model: Mapping[str, float] | None,
    *,
    troubles: Mapping[str, float],
    context: Sequence[Turn] = (),
    attachments: Sequence[Attachment] = (),
) -> Ranked:
    """Join model and words; without a model the words alone decide, and badly."""
    logits = dict(model) if model else dict.fromkeys(names.ids("intents"), 0.0) | {"other": 1.0}
    where: dict[str, tuple[int, int]] = {}
    for cue in tables.intent_cues():
        match = found.get(cue.from_flag) if cue.from_flag else cue.find(plain)
        if match is not None:
            logits[cue.of] += cue.weight
            where.setdefault(cue.of, match.span())
    for issue, (wish, weight) in _FROM_ISSUE.items():
        if issue in troubles:
            logits[wish] += weight
    if not where and not _KNOWN_LETTERS.search(plain):
        # Another language, or only marks: the model has never seen any.
        logits["other"] += 8
    if not plain.strip():
        logits["provide_info" if attachments or context else "other"] += 8
    _hear_context(plain, logits, context)
    return Ranked(softmax(logits), where)


def _hear_context(plain: str, logits: dict[str, float], context: Sequence[Turn]) -> None:
    if not context:
        return
    before = context[-1]
    short = len(plain) <= 30  # noqa: PLR2004, one line on a telephone
    if before.role == "agent":
        answers = _ASKS_FOR_FACTS.search(before.text) and _FACT.search(plain)
        if short and answers and not _ASKS.search(plain):
            logits["provide_info"] += 4
        # Who says hello after an answer wants the next one.
        logits["greeting"] -= 1
    elif plain.strip("?!. ~") == "":
        logits["urge_reply"] += 2


def is_ambiguous(ranked: Ranked, plain: str) -> bool:
    """Whether two different wishes are about as probable, or the words are too few to tell."""
    (first, high), (second, low) = sorted(ranked.scores.items(), key=lambda item: -item[1])[:2]
    if high < VAGUE or _POINTS_ONLY.fullmatch(plain.strip()):
        return True
    if first in TALK and second in TALK:
        return False
    unlike = names.family(first) != names.family(second)
    return high - low < CLOSE and (unlike or high < WEAK)
