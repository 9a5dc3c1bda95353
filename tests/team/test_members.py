"""The first visitor sets up; members see their shops and nothing of others."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from diji import team
from diji.app import House, build_app
from diji.foundation import Conflict, Invalid, Store, Warehouse
from diji.team import Role
from tests.make import OTHER_SHOP, PASSWORD, SHOP, Shop, password_hash

STEPS = {
    "company": "岚里",
    "shop": "岚里天猫店",
    "platform": "tmall",
    "login": "admin",
    "name": "管理员",
    "password": PASSWORD,
}


@pytest.fixture
async def fresh(warehouse: Warehouse, tenant_id: str) -> AsyncIterator[httpx.AsyncClient]:
    """An installation that nobody has set up yet."""
    app = build_app(House(warehouse, tenant_id, "door", run_worker=False))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://diji.test") as http,
    ):
        yield http


async def test_the_first_visitor_makes_the_company_and_is_its_admin(
    fresh: httpx.AsyncClient,
) -> None:
    assert (await fresh.get("/api/welcome")).json()["setUp"] is False
    assert (await fresh.post("/api/set-up", json=STEPS)).status_code == 204
    me = (await fresh.get("/api/me")).json()
    assert (me["role"], me["company"]) == ("admin", "岚里")
    assert [s["name"] for s in me["shops"]] == ["岚里天猫店"]


async def test_of_two_first_visitors_only_one_is_the_first(
    fresh: httpx.AsyncClient, store: Store
) -> None:
    both = [{**STEPS, "login": login} for login in ("admin", "luren")]
    answers = await asyncio.gather(*(fresh.post("/api/set-up", json=s) for s in both))
    assert sorted(a.status_code for a in answers) == [204, 409]
    assert len(await store.read(team.members)) == 1
    assert len(await store.read(team.shops)) == 1
    again = await fresh.post("/api/set-up", json={**STEPS, "login": "third"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "short"},
        {"password": "admin-admin-admin"},
        {"platform": "ebay"},
        {"login": ""},
        {"login": "长" * 65},
        {"name": ""},
        {"name": "长" * 41},
        {"shop": "长" * 81},
        {"company": "长" * 81},
    ],
)
async def test_a_wrong_first_step_is_refused_whole(
    fresh: httpx.AsyncClient, store: Store, wrong: dict[str, str]
) -> None:
    assert (await fresh.post("/api/set-up", json={**STEPS, **wrong})).status_code == 422
    assert not await store.read(team.is_set_up)
    assert await store.read(team.members) == []


async def test_a_login_is_taken_once(shop: Shop) -> None:
    def again(session: Any) -> str:
        return team.add_member(
            session,
            login=" xiaoli ",
            name="另一个小李",
            role=Role.AGENT,
            password_hash=password_hash(),
            shops=None,
        )

    with pytest.raises(Conflict):
        await shop.store.write(again)


async def test_an_admin_adds_a_member_who_can_come_in(shop: Shop) -> None:
    admin = await shop.signed_in("admin")
    new = {
        "login": "xiaozhou",
        "name": "小周",
        "role": "agent",
        "password": PASSWORD,
        "shops": [SHOP],
    }
    assert (await admin.post("/api/members", json=new)).status_code == 201
    words = {"login": "xiaozhou", "password": PASSWORD}
    assert (await shop.http.post("/api/sign-in", json=words)).status_code == 204
    assert [s["id"] for s in (await shop.http.get("/api/me")).json()["shops"]] == [SHOP]


async def test_a_member_sees_only_their_own_shops(shop: Shop) -> None:
    li, luren = await shop.signed_in("xiaoli"), await shop.signed_in("luren")
    assert [s["id"] for s in (await li.get("/api/me")).json()["shops"]] == [SHOP]
    assert [s["id"] for s in (await luren.get("/api/me")).json()["shops"]] == [OTHER_SHOP]
    zhang = await shop.signed_in("lao_zhang")
    assert len((await zhang.get("/api/me")).json()["shops"]) == 2


async def test_a_shop_that_is_opened_later_is_seen_by_those_who_see_all(shop: Shop) -> None:
    await shop.store.write(team.add_shop, name="岚里抖店", platform="douyin")
    zhang, li = await shop.signed_in("lao_zhang"), await shop.signed_in("xiaoli")
    assert len((await zhang.get("/api/me")).json()["shops"]) == 3
    assert len((await li.get("/api/me")).json()["shops"]) == 1


async def test_nothing_of_another_shops_conversation_is_shown_or_changed(shop: Shop) -> None:
    conversation_id = await shop.consumer_says("我的快递到哪了")
    luren = await shop.signed_in("luren")
    place = f"/api/conversations/{conversation_id}"
    seen = (await luren.get("/api/conversations", params={"tab": "open"})).json()
    assert seen["conversations"] == []
    assert set(seen["counts"].values()) == {0}
    for way in ("", "/messages", "/suggestions"):
        assert (await luren.get(place + way)).status_code == 404, way
    for way in ("/take", "/close"):
        assert (await luren.post(place + way)).status_code == 404, way
    words = {"text": "偷偷说", "clientId": "client-id-1"}
    assert (await luren.post(place + "/replies", json=words)).status_code == 404
    assert "偷偷说" not in [m.text for m in await shop.thread()]


async def test_a_state_is_one_of_four(shop: Shop) -> None:
    li = await shop.signed_in("xiaoli")
    assert (await li.put("/api/me/state", json={"state": "away"})).status_code == 204
    assert (await li.get("/api/me")).json()["state"] == "away"
    assert (await li.put("/api/me/state", json={"state": "睡觉"})).status_code == 422
    with pytest.raises(Invalid):
        await shop.store.write(team.add_shop, name="x", platform="ebay")
