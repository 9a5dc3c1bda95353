"""Who writes to us: recognised by a signature or a token, by nothing that anybody claims."""

import httpx
import pytest

from diji import consumers, team
from diji.consumers import is_signed, signature_of
from diji.foundation import Actor, NotFound, Store
from tests.make import OTHER_SHOP, SHOP, Shop, now


async def recognise(store: Store, who: str = "u-1", shop_id: str = SHOP, name: str = "小王") -> str:
    ids = {"shop_id": shop_id, "channel": "widget", "external_id": who}
    return await store.write(consumers.recognise, **ids, name=name, now=now())


async def visit(
    shop: Shop, user: dict[str, str] | None, token: str | None = None
) -> httpx.Response:
    body = {"user": user, "token": token}
    return await shop.http.post(f"/api/widget/{SHOP}/visit", json=body)


def test_a_signature_holds_for_one_user_of_one_shop() -> None:
    good = signature_of("key", SHOP, "u-1")
    assert is_signed("key", SHOP, "u-1", good)
    assert not is_signed("key", OTHER_SHOP, "u-1", good)
    assert not is_signed("key", SHOP, "u-2", good)
    assert not is_signed("other key", SHOP, "u-1", good)


@pytest.mark.parametrize("signature", ["", "0" * 64, "签名", "\ud800"])
def test_a_made_up_signature_proves_nothing(signature: str) -> None:
    assert not is_signed("key", SHOP, "u-1", signature)


async def test_the_same_person_is_recognised_and_another_shop_meets_a_stranger(
    store: Store,
) -> None:
    first = await recognise(store)
    assert await recognise(store, name="改名了") == first
    assert await recognise(store, shop_id=OTHER_SHOP) != first


async def test_who_says_no_name_gets_one(store: Store) -> None:
    consumer_id = await recognise(store, name="  ")
    found = await store.read(consumers.get_consumer, consumer_id)
    assert found.name == f"访客 {consumer_id[-4:].upper()}"


async def test_a_signed_user_comes_back_as_themselves_and_a_forged_one_not_at_all(
    shop: Shop,
) -> None:
    key = (await shop.store.read(team.get_shop, SHOP)).widget_key
    signed = {"id": "u-1", "name": "小王", "signature": signature_of(key, SHOP, "u-1")}
    tokens = [(await visit(shop, signed)).json()["token"] for _ in range(2)]
    who = {await shop.store.read(consumers.find_visitor, token) for token in tokens}
    assert len(who) == 1
    assert (await visit(shop, signed | {"id": "u-2"})).status_code == 403


async def test_a_known_token_stays_and_an_unknown_one_is_replaced(shop: Shop) -> None:
    token = (await visit(shop, None)).json()["token"]
    assert (await visit(shop, None, token)).json()["token"] == token
    assert (await visit(shop, None, "made-up")).json()["token"] != "made-up"  # noqa: S105


async def test_only_the_hash_of_a_token_is_kept(store: Store) -> None:
    _, token = await store.write(consumers.welcome_visitor, shop_id=SHOP, now=now())
    assert await store.read(consumers.find_visitor, token) is not None
    assert await store.read(consumers.find_visitor, token[:-1]) is None


async def test_what_the_team_remembers_is_kept_and_cut_to_size(shop: Shop) -> None:
    consumer_id = await shop.consumer()
    agent = await shop.signed_in("xiaoli")
    said = {"remark": "怕冷" * 500, "tags": ["老顾客", "  ", "x" * 50]}
    kept = (await agent.patch(f"/api/consumers/{consumer_id}", json=said)).json()
    assert (len(kept["remark"]), kept["tags"]) == (500, ["老顾客", "x" * 20])
    unchanged = await agent.patch(f"/api/consumers/{consumer_id}", json={})
    assert unchanged.json() == kept


async def test_another_shops_agent_sees_and_changes_nobody(shop: Shop) -> None:
    consumer_id = await shop.consumer()
    stranger = await shop.signed_in("luren")
    assert (await stranger.get("/api/consumers")).json() == []
    path = f"/api/consumers/{consumer_id}"
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.patch(path, json={"remark": "x"})).status_code == 404


async def test_signs_of_the_database_are_looked_for_as_what_they_are(store: Store) -> None:
    await recognise(store, "u-1", name="小王")
    percent = await recognise(store, "u-2", name="100%")
    found = await store.read(consumers.consumers, words="%")
    assert [c.id for c in found] == [percent]


async def test_a_consumer_of_nobody_is_not_found(store: Store) -> None:
    somebody = store.of(Actor("member", "x", "agent", frozenset({SHOP})))
    with pytest.raises(NotFound):
        await somebody.read(consumers.get_consumer, "nobody")
