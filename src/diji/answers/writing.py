"""Writes drafts without any model: what people wrote, what orders say, and plain courtesy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from diji.commerce import OrderView, ProductView
from diji.knowledge import Hit
from diji.understanding import Reading

from .courtesy import courtesy_in
from .goods import ask_about, tell_product
from .guard import doubts_about
from .orders import ABOUT_PARCELS, tell_order
from .rules import Draft, Kind, Source

MOST_DRAFTS = 3
LEAST_CLOSENESS = 0.15
_TO_BE_CHECKED = 0.5
# What a parcel's track says comes before what holds for all parcels, though a person must look at it first.
_OF_THIS_ORDER = frozenset({Kind.ORDER, Kind.SOOTHE})
_UPSET = frozenset({"anxious", "disappointed", "angry"})

_SOCIAL = {
    "greeting": ("您好，欢迎来到{shop}，请问有什么可以帮您？", 0.95),
    "thanks_bye": ("不客气，有需要随时找我们，祝您生活愉快。", 0.95),
    "praise": ("谢谢您的认可，我们会继续用心做好。", 0.9),
    "acknowledge": ("好的，有其他问题您随时说。", 0.6),
    "urge_reply": ("我在的，请说说您遇到的问题，我来帮您看。", 0.7),
    "chitchat": ("哈哈，和您聊天很开心。商品或订单上有需要帮忙的，随时告诉我。", 0.5),
}
NOTHING_ELSE = 1.0  # words of mere courtesy: no article is a better answer to them
_ASK_ORDER = "在您名下没有看到订单。请把订单号，或下单时留的手机号发过来，同事帮您查。"
_ASK_NEEDS = "好的，您想找哪一类商品？给谁用、预算大概多少也说一下，我按这些帮您挑。"
_BARE_WISH = re.compile(
    r"(?:请|麻烦|能不能|可以|你好|您好|亲|帮我|给我|有没有|求|想要|有什么|[，,\s])*推荐"
    r"(?:一下|下|一款|一个|一件|几款|点|个|款|的|商品|产品|东西|什么|[吗么呗吧呢啊呀？?！!。~，,\s])*"
)


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
    first: bool = False  # nothing was said before in this talk


def write(question: Question) -> list[Draft]:
    """Up to three drafts, the surest first; each was held against its own evidence."""
    upset = question.reading.emotion in _UPSET
    drafts = [
        *_social(question),
        *_about_orders(question, upset=upset),
        *_about_goods(question),
        *[_from_article(hit) for hit in question.hits if hit.closeness >= LEAST_CLOSENESS],
    ]
    drafts.sort(key=_worth, reverse=True)
    kept: dict[str, Draft] = {}
    for draft in drafts:
        kept.setdefault(draft.text, draft)
    return list(kept.values())[:MOST_DRAFTS]


def _worth(draft: Draft) -> float:
    """How far up a draft belongs: one to be checked yields, but not to one beside the point."""
    stands = not draft.doubts or draft.kind in _OF_THIS_ORDER
    return draft.sure if stands else draft.sure * _TO_BE_CHECKED


def _social(question: Question) -> list[Draft]:
    merely = courtesy_in(question.text)
    intent = merely or question.reading.intent
    if question.first and merely == "urge_reply":
        intent = "greeting"  # nobody waits yet who only calls
    words = _SOCIAL.get(intent)
    if words is None:
        return []
    text, sure = words
    sure = NOTHING_ELSE if merely else sure
    return [Draft(text.format(shop=question.shop), Kind.SOCIAL, (), sure, "礼貌用语")]


def _about_orders(question: Question, *, upset: bool) -> list[Draft]:
    intent = question.reading.intent
    told = tell_order(list(question.orders), intent, upset=upset, now=question.now)
    if told:
        return [replace(told, doubts=doubts_about(told.text, evidence=[told.text]))]
    if intent in ABOUT_PARCELS - {"shipping_time"} and not question.orders:
        return [Draft(_ASK_ORDER, Kind.ASK, (), 0.75, "还不知道是哪个订单")]
    return []


def _about_goods(question: Question) -> list[Draft]:
    """What is asked about a product that the consumer pointed at, or what to choose from when they did not."""
    if not question.products:
        bare = _BARE_WISH.fullmatch(question.text.strip())
        return [Draft(_ASK_NEEDS, Kind.ASK, (), 0.8, "还不知道要找什么")] if bare else []
    if not question.text:
        return [ask_about(question.products[0])]
    told = [tell_product(product, question.text) for product in question.products]
    return [draft for draft in told if draft]


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
