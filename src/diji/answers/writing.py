"""Writes drafts without any model: what people wrote, what orders say, and plain courtesy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from diji.commerce import OrderView, ProductView
from diji.knowledge import Hit
from diji.understanding import Reading

from .guard import doubts_about
from .orders import ABOUT_PARCELS, tell_order
from .rules import Draft, Kind, Source

MOST_DRAFTS = 3
LEAST_CLOSENESS = 0.15
_UPSET = frozenset({"anxious", "disappointed", "angry"})

_SOCIAL = {
    "greeting": ("您好，欢迎来到{shop}，请问有什么可以帮您？", 0.95),
    "thanks_bye": ("不客气，有需要随时找我们，祝您生活愉快。", 0.95),
    "praise": ("谢谢您的认可，我们会继续用心做好。", 0.9),
    "acknowledge": ("好的，有其他问题您随时说。", 0.6),
    "urge_reply": ("我在的，让您久等了，请说说您遇到的问题。", 0.7),
    "chitchat": ("哈哈，和您聊天很开心。商品或订单上有需要帮忙的，随时告诉我。", 0.5),
}
_ASK_ORDER = "请您发一下订单号，或点一下订单卡片，我马上帮您查。"


@dataclass(frozen=True, slots=True)
class Question:
    """All that a draft may be written from."""

    text: str
    reading: Reading
    shop: str
    hits: Sequence[Hit]
    orders: Sequence[OrderView]
    products: Sequence[ProductView]
    now: datetime


def write(question: Question) -> list[Draft]:
    """Up to three drafts, the surest first; each was held against its own evidence."""
    upset = question.reading.emotion in _UPSET
    drafts = [
        *_social(question),
        *_about_orders(question, upset=upset),
        *[_from_article(hit) for hit in question.hits if hit.closeness >= LEAST_CLOSENESS],
    ]
    drafts.sort(key=lambda draft: (not draft.doubts, draft.sure), reverse=True)
    return list({draft.text: draft for draft in drafts}.values())[:MOST_DRAFTS]


def _social(question: Question) -> list[Draft]:
    words = _SOCIAL.get(question.reading.intent)
    if words is None:
        return []
    text, sure = words
    return [Draft(text.format(shop=question.shop), Kind.SOCIAL, (), sure, "礼貌用语")]


def _about_orders(question: Question, *, upset: bool) -> list[Draft]:
    intent = question.reading.intent
    told = tell_order(list(question.orders), intent, upset=upset, now=question.now)
    if told:
        return [told]
    if intent in ABOUT_PARCELS - {"shipping_time"} and not question.orders:
        return [Draft(_ASK_ORDER, Kind.ASK, (), 0.75, "还不知道是哪个订单")]
    return []


def _from_article(hit: Hit) -> Draft:
    article = hit.article
    source = Source("article", article.id, article.title)
    evidence = [article.body, article.reply, *map(str, article.facts.values())]
    draft = Draft(
        article.reply,
        Kind.ARTICLE,
        (source,),
        min(hit.closeness, 0.99),
        f"与知识“{article.title}”的问法“{hit.question}”相近",
    )
    # An article's reply rests on its body: a figure that only the reply has is a slip of its author.
    doubts = doubts_about(
        article.reply, evidence=[*evidence[:1], *evidence[2:], article.title, *article.questions]
    )
    return replace(draft, doubts=doubts)
