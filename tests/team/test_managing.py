"""Members, shops and the company can be changed later; who leaves is out at once."""

from typing import Any

import httpx
import pytest

from diji import conversations, team
from diji.conversations import Reception
from diji.events import CompanyChanged, Event, MemberChanged, ShopChanged
from diji.foundation import Conflict, Database, Store, events_after, newest_position
from diji.team import Role
from diji.team import managing_api as routes
from diji.team.actions import change_own_password, remove_member
from diji.team.rules import MOST_FAILURES
from tests.make import OTHER_SHOP, PASSWORD, SHOP, Shop, now, password_hash

NEW = "another horse entirely"


async def comes_in(shop: Shop, login: str, password: str) -> int:
    words = {"login": login, "password": password}
    return (await shop.http.post("/api/sign-in", json=words)).status_code


async def happened(store: Store, after: int) -> list[Event]:
    return [recorded.event for recorded in await store.read(events_after, after)]


async def test_a_member_is_changed_whole(shop: Shop) -> None:
    admin = await shop.signed_in("admin")
    before = await shop.store.read(newest_position)
    change = {"name": " 小李子 ", "role": "lead", "group": "售后组", "shops": [SHOP, OTHER_SHOP]}
    told = (await admin.patch("/api/members/xiaoli", json=change)).json()
    assert told["name"] == "小李子"
    assert (told["role"], told["group"], sorted(told["shops"])) == (
        "lead", "售后组", sorted([SHOP, OTHER_SHOP]),
    )  # fmt: skip
    assert await happened(shop.store, before)
    assert all(isinstance(e, MemberChanged) for e in await happened(shop.store, before))
    cleared = await admin.patch("/api/members/xiaoli", json={"group": "", "shops": "all"})
    assert (cleared.json()["group"], cleared.json()["shops"]) == (None, None)
    assert cleared.json()["name"] == "小李子", "what is not given stays"


@pytest.mark.parametrize(
    "change",
    [{"name": "  "}, {"name": "长" * 41}, {"group": "长" * 41}, {"role": "boss"},
     {"password": "short"}, {"password": "xiaoli-xiaoli"}, {"password": ""}],
)  # fmt: skip
async def test_a_wrong_change_is_refused(shop: Shop, change: dict[str, Any]) -> None:
    admin = await shop.signed_in("admin")
    assert (await admin.patch("/api/members/xiaoli", json=change)).status_code == 422
    assert (await shop.store.read(team.get_member, "xiaoli")).name == "小李"


async def test_a_password_that_an_admin_sets_ends_the_sessions(shop: Shop) -> None:
    admin, li = await shop.signed_in("admin"), await shop.signed_in("xiaoli")
    answer = await admin.patch("/api/members/xiaoli", json={"password": NEW})
    assert answer.status_code == 200
    assert NEW not in answer.text
    assert (await li.get("/api/me")).status_code == 401
    assert await comes_in(shop, "xiaoli", PASSWORD) == 401
    assert await comes_in(shop, "xiaoli", NEW) == 204


async def test_a_hash_is_made_beside_the_loop(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making one takes a tenth of a second, in which no message would be heard."""
    import threading

    loops, made = threading.get_ident(), []

    def hashing(password: str, *, login: str) -> str:
        made.append(threading.get_ident())
        return team.hash_password(password, login=login)

    monkeypatch.setattr(routes, "hash_password", hashing)
    admin = await shop.signed_in("admin")
    assert (await admin.patch("/api/members/xiaoli", json={"password": NEW})).status_code == 200
    assert made
    assert loops not in made


async def test_an_admins_own_password_needs_the_old_one(shop: Shop) -> None:
    admin = await shop.signed_in("admin")
    refused = await admin.patch("/api/members/admin", json={"password": NEW})
    assert refused.status_code == 409
    assert await comes_in(shop, "admin", PASSWORD) == 204


async def own_password(who: httpx.AsyncClient, old: str, new: str = NEW) -> int:
    answer = await who.put("/api/me/password", json={"old": old, "new": new})
    return answer.status_code


@pytest.mark.parametrize("login", ["xiaoli", "a_min", "lao_zhang", "admin"])
async def test_everybody_changes_their_own_password(shop: Shop, login: str) -> None:
    here = await shop.signed_in(login)
    elsewhere = await shop.store.write(team.sign_in, login, now=now())
    assert await own_password(here, PASSWORD) == 204
    assert (await here.get("/api/me")).status_code == 200, "who changed it stays"
    assert await shop.store.read(team.find_principal, elsewhere.token, now=now()) is None
    assert await comes_in(shop, login, PASSWORD) == 401
    assert await comes_in(shop, login, NEW) == 204


async def test_a_wrong_old_password_changes_nothing_and_cannot_be_guessed(shop: Shop) -> None:
    li = await shop.signed_in("xiaoli")
    codes = [await own_password(li, f"guess number {i}") for i in range(MOST_FAILURES + 1)]
    assert codes == [422] * MOST_FAILURES + [429]
    assert await own_password(li, PASSWORD) == 429, "even the right one must wait"
    assert await comes_in(shop, "xiaoli", PASSWORD) == 204
    zhang = await shop.signed_in("lao_zhang")
    assert await own_password(zhang, PASSWORD, "short") == 422
    assert await own_password(zhang, PASSWORD) == 204


async def test_an_own_password_that_was_replaced_meanwhile_stays(shop: Shop) -> None:
    with pytest.raises(Conflict):
        await shop.store.write(
            change_own_password,
            "xiaoli",
            was="another hash",
            password_hash=password_hash(),
            token="",
        )
    assert await comes_in(shop, "xiaoli", PASSWORD) == 204


async def test_who_is_sent_away_is_out_and_the_login_is_free(shop: Shop) -> None:
    admin, li = await shop.signed_in("admin"), await shop.signed_in("xiaoli")
    for _ in range(2):  # a second click does no harm
        assert (await admin.delete("/api/members/xiaoli")).status_code == 204
    assert (await li.get("/api/me")).status_code == 401
    assert await comes_in(shop, "xiaoli", PASSWORD) == 401
    assert (await admin.patch("/api/members/xiaoli", json={"name": "还在"})).status_code == 404
    assert "xiaoli" not in [m["id"] for m in (await admin.get("/api/team")).json()]
    names = {m["id"]: m["name"] for m in (await admin.get("/api/members")).json()}
    assert names["xiaoli"] == "小李", "what they wrote keeps their name"
    back = {"login": "xiaoli", "name": "小李", "role": "agent", "password": NEW}
    assert (await admin.post("/api/members", json=back)).status_code == 201
    assert await comes_in(shop, "xiaoli", NEW) == 204


async def test_the_consumers_of_who_is_sent_away_wait_for_a_colleague(shop: Shop) -> None:
    await shop.consumer_says("转人工")
    where = (await shop.conversation()).id
    await shop.store.write(conversations.take, where, "xiaoli", now=now())
    await shop.store.write(remove_member, "xiaoli", now=now())
    await shop.settles()
    assert (await shop.conversation()).reception is Reception.WAITING
    assert (await shop.conversation()).assignee_id is None


async def test_the_second_sending_away_is_no_news(shop: Shop) -> None:
    await shop.store.write(remove_member, "xiaoli", now=now())
    before = await shop.store.read(newest_position)
    await shop.store.write(remove_member, "xiaoli", now=now())
    assert await happened(shop.store, before) == []


async def test_the_last_admin_stays(shop: Shop) -> None:
    admin = await shop.signed_in("admin")
    assert (await admin.delete("/api/members/admin")).status_code == 409
    assert (await admin.patch("/api/members/admin", json={"role": "lead"})).status_code == 409
    assert (await shop.store.read(team.get_member, "admin")).role is Role.ADMIN


@pytest.mark.parametrize(("login", "code"), [("xiaoli", 403), ("a_min", 403), ("lao_zhang", 200)])
async def test_logins_and_shops_are_for_leads(shop: Shop, login: str, code: int) -> None:
    who = await shop.signed_in(login)
    assert (await who.get("/api/team")).status_code == code
    seen = (await who.get("/api/members")).json()
    assert len(seen) == 5
    assert {key for one in seen for key in one} == {"id", "name", "state"}


async def test_the_company_and_its_shops_get_other_names(shop: Shop) -> None:
    admin = await shop.signed_in("admin")
    before = await shop.store.read(newest_position)
    assert (await admin.patch("/api/company", json={"name": " 山里 "})).status_code == 204
    change = {"name": "山里天猫店", "platform": "taobao", "colour": "#AA5500"}
    told = (await admin.patch(f"/api/shops/{SHOP}", json=change)).json()
    assert told == {"id": SHOP, **change}
    assert (await admin.get("/api/me")).json()["company"] == "山里"
    assert (await shop.http.get("/api/welcome")).json()["company"] == "山里"
    look = (await shop.http.get(f"/api/widget/{SHOP}/look")).json()
    assert look == {"shop": "山里天猫店", "colour": "#AA5500"}
    events = await happened(shop.store, before)
    assert [type(e) for e in events if not isinstance(e, MemberChanged)] == [
        CompanyChanged, ShopChanged,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"name": " "}, {"name": "长" * 81}, {"platform": "ebay"}, {"colour": "red"},
     {"colour": "#12345"}, {"colour": "#0f766e;}"}],
)  # fmt: skip
async def test_a_shop_gets_no_nonsense(shop: Shop, change: dict[str, str]) -> None:
    admin = await shop.signed_in("admin")
    assert (await admin.patch(f"/api/shops/{SHOP}", json=change)).status_code == 422
    assert (await admin.patch("/api/company", json={"name": "  "})).status_code == 422
    assert (await shop.store.read(team.get_shop, SHOP)).name == "岚里天猫店"


async def test_an_admin_of_a_shop_changes_no_other_and_not_the_company(shop: Shop) -> None:
    await shop.store.write(
        team.add_member, member_id="boss", login="boss", name="店长", role=Role.ADMIN,
        password_hash=password_hash(), shops=[SHOP],
    )  # fmt: skip
    boss = await shop.signed_in("boss")
    assert (await boss.patch(f"/api/shops/{SHOP}", json={"name": "我的店"})).status_code == 200
    other = await boss.patch(f"/api/shops/{OTHER_SHOP}", json={"name": "我的店"})
    assert other.status_code == 404
    assert (await shop.store.read(team.get_shop, OTHER_SHOP)).name == "岚里京东店"
    assert (await boss.patch("/api/company", json={"name": "我的"})).status_code == 403
    another = {"name": "分店", "platform": "jd"}
    assert (await boss.post("/api/shops", json=another)).status_code == 403


def test_two_installations_on_one_host_do_not_share_a_cookie(tmp_path: Any) -> None:
    """A browser keeps one jar for all ports, so the demo would sign the shop's own members out."""
    serve, demo = Database(None, tmp_path), Database(None, tmp_path / "demo")
    names = {team.cookie_of(serve, "main"), team.cookie_of(demo, "demo")}
    assert len(names) == 2
    assert all(name.startswith("diji_session_") for name in names)
    assert team.cookie_of(Database(None, tmp_path / "demo" / ".."), "main") in names
