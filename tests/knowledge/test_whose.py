"""Knowledge for some shops is read and written by who sees those shops; the machine searches all of it."""

from typing import Any

import httpx
import pytest

from diji import knowledge, team
from diji.foundation import NotAllowed, NotFound, Store
from diji.knowledge import ArticleIndex, Scope
from diji.team import Role
from tests.make import OTHER_SHOP, SHOP, Shop, article, now, password_hash

EVERYWHERE = Scope(None, now())


def words(title: str, *shops: str) -> dict[str, Any]:
    return article(title, asks=["满多少包邮"], reply="满59元包邮。", shops=list(shops))


async def write(store: Store, title: str, *shops: str, article_id: str | None = None) -> str:
    return await store.write(
        knowledge.write_article, words(title, *shops), article_id=article_id, now=now()
    )


async def one_of_each(store: Store) -> dict[str, str]:
    """An article for all shops, for each of them, and for both."""
    return {
        "所有": await write(store, "所有"),
        "天猫": await write(store, "天猫", SHOP),
        "京东": await write(store, "京东", OTHER_SHOP),
        "两家": await write(store, "两家", SHOP, OTHER_SHOP),
    }


async def titles(store: Store, **page: Any) -> set[str]:
    return {a.title for a in await store.read(knowledge.articles, **page)}


async def found(store: Store, scope: Scope = EVERYWHERE) -> set[str]:
    hits = await store.read(knowledge.search, "满多少包邮", scope, limit=50)
    return {hit.article.title for hit in hits}


async def test_a_member_reads_what_is_for_all_and_for_their_shops(shop: Shop) -> None:
    kept = await one_of_each(shop.store)
    li = shop.as_member("xiaoli")
    assert await titles(li) == await found(li) == {"所有", "天猫", "两家"}
    with pytest.raises(NotFound):
        await li.read(knowledge.get_article, kept["京东"])
    assert (await li.read(knowledge.get_article, kept["两家"])).title == "两家"


async def test_asking_for_another_shop_shows_no_more_of_it(shop: Shop) -> None:
    await one_of_each(shop.store)
    other = Scope(OTHER_SHOP, now())
    assert await found(shop.as_member("xiaoli"), other) == {"所有", "两家"}


async def test_the_machine_and_who_sees_all_shops_read_everything(shop: Shop) -> None:
    everything = set(await one_of_each(shop.store))
    for store in (shop.store, shop.as_member("lao_zhang", Role.LEAD, None)):
        assert await titles(store) == await found(store) == everything


async def test_who_sees_no_shop_reads_what_is_for_all(shop: Shop) -> None:
    await one_of_each(shop.store)
    nobody = shop.as_member("new", shops=frozenset())
    assert await titles(nobody) == await found(nobody) == {"所有"}


async def test_pages_of_the_list_are_full_of_what_one_may_read(shop: Shop) -> None:
    for n in range(6):
        await write(shop.store, f"京东{n}", OTHER_SHOP)
        await write(shop.store, f"天猫{n}", SHOP)
    li = shop.as_member("xiaoli")
    first, second = await titles(li, limit=4), await titles(li, limit=4, offset=4)
    assert (len(first), len(second)) == (4, 2)
    assert first | second == {f"天猫{n}" for n in range(6)}


async def test_many_articles_of_other_shops_do_not_hide_ones_own(shop: Shop) -> None:
    for n in range(60):  # more than are ever looked at closely
        await write(shop.store, f"京东{n}", OTHER_SHOP)
    await write(shop.store, "天猫", SHOP)
    assert await found(shop.as_member("xiaoli")) == {"天猫"}


async def test_a_trainer_of_a_shop_writes_for_it_and_for_no_other(shop: Shop) -> None:
    trainer = shop.as_member("xiaoxue", Role.TRAINER)
    mine = await write(trainer, "天猫", SHOP)
    await write(trainer, "天猫包邮", SHOP, article_id=mine)
    for others in ((), (OTHER_SHOP,), (SHOP, OTHER_SHOP)):
        with pytest.raises(NotAllowed, match="your own shops"):
            await write(trainer, "新的", *others)
        with pytest.raises(NotAllowed, match="your own shops"):
            await write(trainer, "改过", *others, article_id=mine)
    assert await titles(shop.store) == {"天猫包邮"}
    await trainer.write(knowledge.retire_article, mine, now=now())
    assert await titles(shop.store) == set()


@pytest.mark.parametrize(
    ("title", "refusal"), [("所有", NotAllowed), ("两家", NotAllowed), ("京东", NotFound)]
)
async def test_a_trainer_of_a_shop_changes_nothing_that_others_use(
    shop: Shop, title: str, refusal: type[Exception]
) -> None:
    kept = await one_of_each(shop.store)
    trainer = shop.as_member("xiaoxue", Role.TRAINER)
    with pytest.raises(refusal):
        await write(trainer, "偷偷改", SHOP, article_id=kept[title])
    with pytest.raises(refusal):
        await trainer.write(knowledge.retire_article, kept[title], now=now())
    assert await titles(shop.store) == set(kept)


async def test_articles_from_elsewhere_keep_to_the_shops_too(shop: Shop) -> None:
    trainer = shop.as_member("xiaoxue", Role.TRAINER)
    row = {"id": "theirs", **words("京东", OTHER_SHOP)}
    with pytest.raises(NotAllowed):
        await trainer.write(knowledge.keep_articles, [row], now=now())
    assert await titles(shop.store) == set()


async def browser_of_a_trainer(shop: Shop) -> httpx.AsyncClient:
    await shop.store.write(
        team.add_member, member_id="xiaoxue", login="xiaoxue", name="小雪", role=Role.TRAINER,
        password_hash=password_hash(), shops=[SHOP],
    )  # fmt: skip
    return await shop.signed_in("xiaoxue")


async def test_over_http_the_refusals_are_said_in_words(shop: Shop) -> None:
    kept = await one_of_each(shop.store)
    trainer = await browser_of_a_trainer(shop)
    place = "/api/knowledge/articles"
    new = {"title": "包邮规则", "body": "满59元包邮。", "reply": "满59元包邮。"}
    refused = await trainer.post(place, json=new)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await trainer.post(place, json={**new, "shops": [SHOP]})).status_code == 201
    for title, status in (("所有", 403), ("京东", 404)):
        there = f"{place}/{kept[title]}"
        changed = await trainer.put(there, json={**new, "shops": [SHOP]})
        assert changed.status_code == (await trainer.delete(there)).status_code == status
    assert (await trainer.get(f"{place}/{kept['京东']}")).status_code == 404
    asked = (await trainer.get("/api/knowledge/search", params={"q": "满多少包邮"})).json()
    assert "京东" not in {hit["article"]["title"] for hit in asked}


async def test_the_index_by_itself_shows_all(shop: Shop) -> None:
    await one_of_each(shop.store)
    index = ArticleIndex(await shop.store.read(knowledge.articles))
    assert len(index.search("满多少包邮", EVERYWHERE)) == 4
