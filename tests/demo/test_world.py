"""The written world holds together."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diji import understanding
from diji.copilot.rules import Decision, Strategy
from diji.copilot.thinking import Known, Said, intents_of, question_of, read_each, think
from diji.demo import cast, world
from diji.knowledge import ArticleIndex, Scope

ROOT = Path(__file__).parents[2]

INTENTS = {entry.id for entry in understanding.intents()}
# Rules of the house that agents quote: one figure each, whoever wrote the article.
RULES = (
    "return_days", "exchange_days", "ship_hours", "price_protection_days", "free_ship_fen",
    "human_hours", "contact_hours", "orange_ship_hours",
)  # fmt: skip


def test_the_world_is_as_large_as_promised() -> None:
    assert len(world.products()) == 120
    assert Counter(p["category"] for p in world.products().values()) == dict.fromkeys(
        ("appliance", "baby", "beauty", "clothes", "digital", "food"), 20
    )
    assert len(world.articles()) == 300
    assert {a.kind for a in world.articles()} == {"article", "script"}
    assert len(world.people()) == 300
    assert len(world.reviews()) == 3000
    assert len(world.chats()) >= 200
    assert len(world.buyers()) == 100


def test_no_review_and_no_sentence_of_one_appears_twice() -> None:
    texts = Counter(review.text for review in world.reviews())
    sentences = Counter(
        sentence
        for review in world.reviews()
        for sentence in {s.strip() for s in re.split(r"[。！？!?~\n；;]+", review.text)}
        if len(sentence) >= 6
    )
    assert [t for t, n in texts.items() if n > 1] == []
    assert [s for s, n in sentences.items() if n > 1] == []


def test_nobody_says_the_words_of_somebody_else() -> None:
    said = Counter(text for c in world.chats() for _, text in c.turns if len(text) > 12)
    said.update(text for b in world.buyers() for text in b.says if len(text) > 8)
    answers = Counter(a.reply for a in world.articles())
    assert [t for t, n in (said + answers).items() if n > 1] == []


def test_every_product_that_is_spoken_of_exists() -> None:
    codes = set(world.products())
    skus = {s["code"]: p["code"] for p in world.products().values() for s in p["skus"]}
    assert all(skus[r.sku] == r.product for r in world.reviews())
    assert all(set(a.products) <= codes for a in world.articles())
    assert {c.product for c in world.chats()} | {b.product for b in world.buyers()} <= codes | {
        None
    }
    assert all(set(p["pairs_with"]) <= codes for p in world.products().values())


def test_every_intent_is_one_of_the_taxonomy() -> None:
    assert {i for a in world.articles() for i in a.intents} <= INTENTS
    assert {c.topic for c in world.chats()} <= INTENTS


def test_the_rules_of_the_house_are_the_same_in_every_article() -> None:
    figures: dict[str, set[object]] = defaultdict(set)
    for article in world.articles():
        for rule in RULES:
            if rule in article.facts:
                figures[rule].add(article.facts[rule])
    assert {rule: len(found) for rule, found in figures.items()} == dict.fromkeys(RULES, 1)


def test_every_city_has_a_route() -> None:
    assert {somebody.city for somebody in world.people()} <= set(world.routes())


def test_the_pages_of_the_try_shop_show_goods_that_the_demo_knows() -> None:
    page = (ROOT / "web/src/widget/try/try.ts").read_text(encoding="utf-8")
    shown = re.findall(r'product: "(.+?)",.*?price: "(\d+)"', page, re.DOTALL)
    prices = {p["name"]: str(p["price"] // 100) for p in world.products().values()}
    assert len(shown) == 4
    assert dict(shown).items() <= prices.items()


STARTERS = {
    "怎么退换货？": "申请售后",
    "帮我推荐一款": "预算",
    "快递到哪了？": "订单号",
    "在吗": "帮您",
}


@pytest.fixture(scope="module")
def index() -> ArticleIndex:
    return ArticleIndex(world.articles())


@pytest.mark.parametrize("shop", [part.id for part in cast.SHOPS])
@pytest.mark.parametrize("text", STARTERS)
def test_what_the_widget_offers_to_ask_is_answered_in_every_shop(
    index: ArticleIndex, shop: str, text: str
) -> None:
    said = [Said(1, "m1", text, ours=False)]
    readings = read_each(said)
    asked, reading = question_of(readings)
    now = datetime.now(UTC)
    hits = index.search(asked, Scope(shop, now, intents_of(reading)))
    thought = think(readings, hits, Known(shop, "岚里", Strategy(), (), (), now))
    assert thought.verdict.decision is Decision.ANSWER
    assert STARTERS[text] in thought.drafts[0].text
