"""An admin of some shops opens no others, and has no power over who sees more."""

from typing import Any

import httpx
import pytest

from diji import team
from diji.foundation import NotAllowed, Store
from diji.team import Role
from diji.team.actions import change_member, remove_member
from tests.make import OTHER_SHOP, PASSWORD, SHOP, Shop, now, password_hash

BOSS = "tmall_boss"


async def employ(store: Store, login: str, shops: list[str] | None, role: Role = Role.AGENT) -> str:
    return await store.write(
        team.add_member, member_id=login, login=login, name=login, role=role,
        password_hash=password_hash(), shops=shops,
    )  # fmt: skip


async def boss_of(shop: Shop) -> Store:
    """Who manages the people of 天猫, and sees nothing else."""
    await employ(shop.store, BOSS, [SHOP], Role.ADMIN)
    return shop.as_member(BOSS, Role.ADMIN)


async def shops_of(shop: Shop, login: str) -> tuple[str, ...] | None:
    return (await shop.store.read(team.get_member, login)).shops


@pytest.mark.parametrize("shops", [None, [OTHER_SHOP], [SHOP, OTHER_SHOP], ["nowhere"]])
async def test_a_new_member_gets_no_shop_that_the_admin_does_not_see(
    shop: Shop, shops: list[str] | None
) -> None:
    boss = await boss_of(shop)
    with pytest.raises(NotAllowed, match="you see yourself"):
        await employ(boss, "new", shops)
    assert await shop.store.read(team.find_by_login, "new") is None
    await employ(boss, "new", [SHOP])
    assert await shops_of(shop, "new") == (SHOP,)


@pytest.mark.parametrize("login", ["xiaoli", BOSS])
@pytest.mark.parametrize("shops", ["all", [OTHER_SHOP], [SHOP, OTHER_SHOP]])
async def test_nobody_is_given_a_shop_that_the_admin_does_not_see(
    shop: Shop, login: str, shops: Any
) -> None:
    boss = await boss_of(shop)
    with pytest.raises(NotAllowed, match="you see yourself"):
        await boss.write(change_member, login, shops=shops)
    assert await shops_of(shop, login) == (SHOP,)


@pytest.mark.parametrize("login", ["admin", "luren", "of_both"])
@pytest.mark.parametrize(
    "change",
    [{"password_hash": "theirs"}, {"role": Role.AGENT}, {"name": "换了"}, {"shops": [SHOP]}, {}],
)
async def test_who_sees_more_is_not_changed(shop: Shop, login: str, change: dict[str, Any]) -> None:
    boss = await boss_of(shop)
    await employ(shop.store, "of_both", [SHOP, OTHER_SHOP])
    before = await shop.store.read(team.get_member, login), await password_of(shop, login)
    with pytest.raises(NotAllowed, match="do not see"):
        await boss.write(change_member, login, **change)
    after = await shop.store.read(team.get_member, login), await password_of(shop, login)
    assert after == before


async def password_of(shop: Shop, login: str) -> str:
    found = await shop.store.read(team.find_by_login, login)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("login", ["admin", "luren", "of_both"])
async def test_who_sees_more_is_not_sent_away(shop: Shop, login: str) -> None:
    boss = await boss_of(shop)
    await employ(shop.store, "of_both", [SHOP, OTHER_SHOP])
    with pytest.raises(NotAllowed):
        await boss.write(remove_member, login, now=now())
    assert await shop.store.read(team.find_by_login, login) is not None


async def test_an_admin_of_a_shop_manages_its_own_people(shop: Shop) -> None:
    boss = await boss_of(shop)
    await boss.write(change_member, "xiaoli", name="小李子", role=Role.LEAD, shops=[])
    assert await shops_of(shop, "xiaoli") == ()
    await boss.write(change_member, "xiaoli", shops=[SHOP])
    assert await shops_of(shop, "xiaoli") == (SHOP,)
    await boss.write(remove_member, "xiaoli", now=now())
    assert await shop.store.read(team.find_by_login, "xiaoli") is None


async def test_an_admin_of_all_shops_opens_every_one(shop: Shop) -> None:
    admin = shop.as_member("admin", Role.ADMIN, None)
    await employ(admin, "new", None)
    await admin.write(change_member, "luren", shops="all")
    assert await shops_of(shop, "new") is await shops_of(shop, "luren") is None


async def browser_of_the_boss(shop: Shop) -> httpx.AsyncClient:
    await boss_of(shop)
    return await shop.signed_in(BOSS)


async def test_over_http_no_limit_is_lifted(shop: Shop) -> None:
    boss = await browser_of_the_boss(shop)
    new = {"login": "xiaozhou", "name": "小周", "role": "agent", "password": PASSWORD}
    refused = await boss.post("/api/members", json=new)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await boss.post("/api/members", json={**new, "shops": [SHOP]})).status_code == 201
    for login, change in (
        (BOSS, {"shops": "all"}),
        (BOSS, {"shops": [SHOP, OTHER_SHOP]}),
        ("admin", {"password": "a password of mine"}),
        ("luren", {"shops": [SHOP]}),
    ):
        assert (await boss.patch(f"/api/members/{login}", json=change)).status_code == 403
    assert (await boss.delete("/api/members/admin")).status_code == 403
    assert (await boss.get("/api/me")).json()["shops"][0]["id"] == SHOP
