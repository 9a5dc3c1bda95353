"""What the shop knows is found by what a consumer asks, where and while it holds."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from diji import demo, knowledge
from diji.foundation import Invalid, NotFound, Store
from diji.knowledge import ArticleIndex, Hit, Scope
from diji.knowledge.rules import MERELY_SPOKEN_OF, grams, holds, relevance
from tests.make import OTHER_SHOP, SHOP, Shop, article, now


async def write(
    store: Store,
    title: str,
    asks: str = "满多少包邮",
    reply: str = "满59元包邮。",
    *,
    article_id: str | None = None,
    **more: Any,
) -> str:
    words = article(title, asks=[asks], reply=reply, **more)
    return await store.write(knowledge.write_article, words, article_id=article_id, now=now())


async def search(store: Store, text: str, **scope: Any) -> list[Hit]:
    return await store.read(knowledge.search, text, Scope(SHOP, now(), **scope))


async def titles(store: Store, text: str, **scope: Any) -> list[str]:
    return [hit.article.title for hit in await search(store, text, **scope)]


def test_chinese_is_cut_into_pairs_and_letters_into_runs() -> None:
    assert grams("包邮吗 iPhone15") == ["包", "邮", "吗", "包邮", "邮吗", "iphone15"]
    assert grams("！？…👍") == []


async def test_a_word_of_two_characters_finds_its_article(store: Store) -> None:
    await write(store, "包邮规则")
    await write(store, "发票", "能开发票吗", "可以开电子发票。")
    assert (await titles(store, "包邮"))[0] == "包邮规则"
    assert (await titles(store, "发票"))[0] == "发票"


async def test_the_very_question_is_nearest_and_another_one_is_far(store: Store) -> None:
    await write(store, "包邮规则")
    await write(store, "洗涤", "可以机洗吗", "建议冷水手洗。")
    near, *_ = await search(store, "满多少包邮")
    assert (near.article.title, near.question) == ("包邮规则", "满多少包邮")
    assert near.closeness > 0.8
    assert all(hit.closeness < 0.3 for hit in await search(store, "今天天气不错"))


@pytest.mark.parametrize(
    ("asked", "unlike"),
    [
        ("七天无理由退货运费谁出", "七天无理由退货怎么算"),
        ("能开专票吗", "电子普票怎么开、多久收到"),
    ],
)
def test_an_article_that_has_no_words_for_what_is_asked_is_never_sure(
    asked: str, unlike: str
) -> None:
    index = ArticleIndex(demo.articles())
    found = {hit.article.title: hit.closeness for hit in index.search(asked, Scope(None, now()))}
    assert max(found, key=lambda title: found[title]) != unlike
    assert found.get(unlike, 0.0) <= MERELY_SPOKEN_OF
    around, *_ = index.search(f"你好在吗我前两天买的，{unlike}，谢谢", Scope(None, now()))
    assert around.article.title == unlike, "talk around the very question does no harm"
    assert around.closeness > MERELY_SPOKEN_OF


@pytest.mark.parametrize("text", ["", "   ", "？！", "👍👍", "\x00", "字" * 20_000])
async def test_a_question_without_words_finds_nothing_and_breaks_nothing(
    store: Store, text: str
) -> None:
    await write(store, "包邮规则")
    assert await search(store, text) == []


async def test_what_holds_elsewhere_or_at_another_time_is_not_even_ranked(store: Store) -> None:
    day = timedelta(days=1)
    for n in range(60):  # more than are ever looked at closely
        await write(store, f"京东{n}", shops=[OTHER_SHOP])
    await write(store, "过期", valid_to=now() - day)
    await write(store, "未到", valid_from=now() + day)
    await write(store, "现在", valid_from=now() - day, valid_to=now() + day)
    assert await titles(store, "满多少包邮") == ["现在"]


async def test_validity_ends_on_the_dot(store: Store) -> None:
    ends = now()
    await write(store, "活动", valid_to=ends)
    found = (await store.read(knowledge.articles))[0]
    assert holds(found, Scope(SHOP, ends - timedelta(microseconds=1)))
    assert not holds(found, Scope(SHOP, ends))


async def test_the_article_of_the_goods_talked_about_comes_first(store: Store) -> None:
    await write(store, "羽绒服尺码", "多高穿多大", "165 穿 M。", products=["coat"])
    await write(store, "童装尺码", "多高穿多大", "110 穿 4 岁。", products=["kids"])
    assert (await titles(store, "多高穿多大", products=("coat",)))[0] == "羽绒服尺码"
    assert (await titles(store, "多高穿多大", products=("kids",)))[0] == "童装尺码"


async def test_intent_and_goods_raise_and_never_past_one(store: Store) -> None:
    await write(store, "包邮规则", intents=["shipping_options"], products=["coat"])
    found = (await store.read(knowledge.articles))[0]
    fits = Scope(SHOP, now(), ("shipping_options",), ("coat",))
    other = Scope(SHOP, now(), ("size_advice",), ("kids",))
    assert relevance(0.5, found, fits) > 0.5 > relevance(0.5, found, other)
    assert relevance(0.95, found, fits) == 1.0


async def test_an_edit_is_found_at_once_and_the_old_words_no_more(store: Store) -> None:
    kept = await write(store, "包邮规则")
    await search(store, "包邮")
    await write(store, "快递公司", "用什么快递", "默认中通。", article_id=kept)
    hit = (await search(store, "用什么快递"))[0]
    assert (hit.article.id, hit.article.reply) == (kept, "默认中通。")
    assert all(h.question != "满多少包邮" for h in await search(store, "满多少包邮"))


async def test_what_is_retired_is_found_no_more(store: Store) -> None:
    kept = await write(store, "包邮规则")
    assert await titles(store, "包邮") == ["包邮规则"]
    await store.write(knowledge.retire_article, kept, now=now())
    assert await titles(store, "包邮") == []
    assert await store.read(knowledge.articles) == []
    with pytest.raises(NotFound):
        await store.read(knowledge.get_article, kept)


async def test_another_companys_knowledge_is_not_found(store: Store, warehouse: Any) -> None:
    await write(store, "包邮规则")
    assert await search(warehouse.of("f" * 32), "包邮") == []


async def test_searching_goes_on_while_articles_are_edited(store: Store) -> None:
    kept = [await write(store, f"包邮规则{n}") for n in range(20)]

    async def edit() -> None:
        for _ in range(3):
            for one in kept:
                await write(store, "包邮规则", article_id=one)

    async def look() -> None:
        for _ in range(60):
            assert await search(store, "满多少包邮")

    await asyncio.gather(edit(), look(), look(), look())


@pytest.mark.parametrize("missing", ["title", "body", "reply"])
async def test_an_article_without_its_words_is_refused(store: Store, missing: str) -> None:
    words = article("包邮", asks=[], reply="满59元包邮。") | {missing: "  "}
    with pytest.raises(Invalid, match=missing):
        await store.write(knowledge.write_article, words, now=now())


async def test_signs_of_the_database_are_looked_for_as_what_they_are(store: Store) -> None:
    await write(store, "满减", reply="满100减20。")
    await write(store, "纯棉", reply="100%纯棉。")
    found = await store.read(knowledge.articles, words="100%")
    assert [a.title for a in found] == ["纯棉"]


async def test_a_trainer_writes_and_an_agent_only_reads(shop: Shop) -> None:
    words = {"title": "包邮规则", "body": "满59元包邮。", "reply": "满59元包邮。"}
    agent, trainer = await shop.signed_in("xiaoli"), await shop.signed_in("a_min")
    assert (await agent.post("/api/knowledge/articles", json=words)).status_code == 403
    made = await trainer.post("/api/knowledge/articles", json=words)
    assert made.status_code == 201
    found = (await agent.get("/api/knowledge/search", params={"q": "包邮"})).json()
    assert [hit["article"]["id"] for hit in found] == [made.json()["id"]]
