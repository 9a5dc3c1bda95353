"""Articles over HTTP: whatever the demo or an import brought in is shown, and a slip of the author is named."""

from typing import Any

import pytest

from diji import demo, knowledge
from diji.commerce import ProductView
from diji.demo import world
from diji.knowledge import ArticleView
from diji.knowledge.api import ArticleIn, ArticleOut
from diji.knowledge.rules import loose_figures
from tests.make import Shop, article, now

PLACE = "/api/knowledge/articles"


def test_every_article_of_the_demo_passes_through_the_api_both_ways() -> None:
    for one in world.article_rows():
        shown = {**one, "valid_from": None, "valid_to": None, "version": 1, "loose_figures": []}
        ArticleOut.model_validate(shown)
        ArticleIn.model_validate({k: v for k, v in one.items() if k != "id"})
    assert len(world.article_rows()) == len(demo.articles())


def test_every_product_of_the_demo_has_all_that_a_product_shows() -> None:
    for one in world.products().values():
        assert ProductView(**one).name


async def keep(shop: Shop, article_id: str, **more: Any) -> None:
    row = {"id": article_id, **article(article_id, asks=["满多少包邮"], reply="满59元包邮。")}
    await shop.store.write(knowledge.keep_articles, [row | more], now=now())


async def test_facts_may_be_lists_of_numbers(shop: Shop) -> None:
    await keep(shop, "size", facts={"flange_mm": [21, 24], "names": ["大", 2.5]})
    trainer = await shop.signed_in("a_min")
    read = (await trainer.get(PLACE)).json()[0]
    assert read["facts"] == {"flange_mm": [21, 24], "names": ["大", 2.5]}
    saved = await trainer.put(f"{PLACE}/size", json=read | {"title": "改过"})
    assert (saved.status_code, saved.json()["facts"]) == (200, read["facts"])


async def test_one_odd_article_does_not_take_the_list_with_it(shop: Shop) -> None:
    await keep(shop, "plain")
    await keep(shop, "odd", facts={"table": {"M": [1, [2]]}})
    trainer = await shop.signed_in("a_min")
    assert [a["id"] for a in (await trainer.get(PLACE)).json()] == ["plain"]
    found = await trainer.get("/api/knowledge/search", params={"q": "满多少包邮"})
    assert [hit["article"]["id"] for hit in found.json()] == ["plain"]


async def test_what_agents_must_know_may_stay_empty(shop: Shop) -> None:
    trainer = await shop.signed_in("a_min")
    words = {
        "title": "褪色",
        "questions": ["会不会褪色"],
        "body": " ",
        "reply": "水温 30 度以下不会。",
    }
    made = await trainer.post(PLACE, json=words)
    assert made.status_code == 201
    assert (made.json()["body"], made.json()["looseFigures"]) == ("水温 30 度以下不会。", [])
    assert (await trainer.post(PLACE, json=words | {"reply": " "})).status_code == 422


async def test_a_reply_that_contradicts_its_article_is_kept_and_the_figures_are_named(
    shop: Shop,
) -> None:
    trainer = await shop.signed_in("a_min")
    words = {
        "title": "退货",
        "body": "签收后 15 天内可退。",
        "reply": "签收后30天内、三次以内都能退。",
    }
    made = await trainer.post(PLACE, json=words)
    assert (made.status_code, made.json()["looseFigures"]) == (201, ["30", "三"])
    again = await trainer.put(
        f"{PLACE}/{made.json()['id']}", json=words | {"reply": "15天内可退。"}
    )
    assert again.json()["looseFigures"] == []


@pytest.mark.parametrize("where", ["title", "questions", "facts"])
def test_a_figure_may_stand_anywhere_in_its_article(where: str) -> None:
    said = {"title": "30天", "questions": ("30天内能退吗",), "facts": {"days": 30}}
    plain: dict[str, Any] = {"title": "退货", "questions": (), "facts": {}}
    words = plain | {where: said[where]}
    one = ArticleView(
        "a1", "article", words["title"], words["questions"], "可以退。", "30天内可退。",
        (), (), (), "", words["facts"],
    )  # fmt: skip
    assert loose_figures(one) == []
