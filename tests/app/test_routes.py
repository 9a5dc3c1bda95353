"""Every route says who may call it, keeps to it, and shows nothing of another shop or company."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

from diji import commerce, consumers, demo
from diji.app import House, build_app
from diji.foundation import Warehouse
from diji.team.doors import May, anyone
from tests.app.routes import ROUTES, Row
from tests.make import SHOP, Shop, now, open_shop
from tests.reviews.make import FILE, take_in

STRANGER = "anonymous"
OTHER_SHOPS = "luren"
CAST = {
    "xiaoli": "agent",
    OTHER_SHOPS: "agent",
    "lao_zhang": "lead",
    "a_min": "trainer",
    "admin": "admin",
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def nameless(route: RouteContext) -> str:
    path = route.path or ""
    methods = sorted(set(route.methods or ()) - {"HEAD"})
    return f"{methods[0] if methods else 'SOCKET'} {path}"


def walk(app: FastAPI) -> dict[str, RouteContext]:
    return {nameless(route): route for route in iter_route_contexts(app.routes)}


@pytest.fixture(scope="module")
def routes() -> dict[str, RouteContext]:
    house = House(Warehouse(Path("/nonexistent")), "main", "", run_worker=False)
    return walk(build_app(house, more=(demo.router,)))


def gates(dependant: Any) -> Iterator[Any]:
    """Every dependency of a route that decides who passes."""
    for part in dependant.dependencies:
        if isinstance(part.call, May) or part.call is anyone.dependency:
            yield part.call
        yield from gates(part)


def test_every_route_has_a_row_in_the_table(routes: dict[str, RouteContext]) -> None:
    missing = sorted(set(routes) - set(ROUTES))
    assert not missing, f"say in tests/app/routes.py who may call {missing}"


def test_every_row_in_the_table_has_a_route(routes: dict[str, RouteContext]) -> None:
    assert sorted(set(ROUTES) - set(routes)) == []


def test_every_route_declares_once_who_may_call_it(routes: dict[str, RouteContext]) -> None:
    for name, route in routes.items():
        declared = list(gates(route.dependant))
        assert len(declared) == 1, f"{name} needs may(...) or anyone, and only one of them"


@pytest.mark.parametrize("name", ROUTES)
def test_a_route_declares_what_the_table_says(routes: dict[str, RouteContext], name: str) -> None:
    (gate,) = gates(routes[name].dependant)
    row = ROUTES[name]
    declared = gate.roles if isinstance(gate, May) else "anyone"
    assert declared == ("anyone" if row.public else row.roles)


async def the_shop_to_walk_in(shop: Shop, words: str = "") -> dict[str, str]:
    """One of everything in the 天猫 shop; `words` stand in all that can be written."""
    store = shop.store
    consumer_id = await shop.consumer("小王")
    conversation_id = await shop.hear(f"我的快递到哪了{words}", key="walk")
    (message,) = (await shop.thread())[:1]
    article_id = await shop.knows(f"运费{words}", asks=["多少包邮"], reply=f"满59包邮{words}")
    await store.write(commerce.keep_orders, [an_order(consumer_id, words)])
    told = await take_in(store, FILE.replace("质量太差", f"质量太差{words}"))
    li = await shop.signed_in("xiaoli")
    place = f"/api/conversations/{conversation_id}"
    sent = await li.post(place + "/files", files={"file": ("p.png", PICTURE, "image/png")})
    assert sent.status_code == 201, sent.text
    zhang = await shop.signed_in("lao_zhang")
    seen = (await zhang.get("/api/reviews")).json()
    return {
        "consumer_id": consumer_id,
        "conversation_id": conversation_id,
        "message_id": message.id,
        "article_id": article_id,
        "attachment_id": sent.json()["id"],
        "import_id": told.id,
        "review_id": _rows(seen)[0]["id"],
        "order_id": "D1001",
        "shop_id": SHOP,
        "path:path": "anywhere",
    }


def an_order(consumer_id: str, words: str) -> dict[str, Any]:
    times = {"placed_at": now(), "paid_at": now(), "shipped_at": None, "signed_at": None}
    line = {"product": "P1", "sku": "S1", "name": f"面霜{words}", "quantity": 1, "price": 9900}
    about = {"state": "paid", "total": 9900, "lines": [line], "address": f"浙江杭州***{words}"}
    return {"id": "D1001", "shop_id": SHOP, "consumer_id": consumer_id, **times, **about}


def _rows(page: Any) -> list[dict[str, Any]]:
    return page if isinstance(page, list) else next(v for v in page.values() if isinstance(v, list))


@pytest.fixture
async def walked(sqlite: Warehouse, tenant_id: str) -> AsyncIterator[tuple[Shop, dict[str, str]]]:
    async with open_shop(sqlite, tenant_id, run_worker=False) as shop:
        yield shop, await the_shop_to_walk_in(shop)


async def call(who: httpx.AsyncClient, name: str, places: dict[str, str]) -> httpx.Response:
    method, path = name.split(" ", 1)
    path = re.sub(r"\{([^}]+)\}", lambda found: places.get(found[1], "none"), path)
    body = None if method in {"GET", "DELETE"} else ROUTES[name].body
    return await who.request(method, path, json=body)


def expected(row: Row, login: str) -> str:
    if row.public:
        return "401" if row.visitor else "passes"
    if login == STRANGER:
        return "401"
    if CAST[login] not in row.roles:
        return "403"
    if login == OTHER_SHOPS and (row.of_shop or row.empty):
        return "404" if row.of_shop else "empty"
    return "passes"


def outcome(answer: httpx.Response, row: Row) -> str:
    code = answer.status_code
    assert code < 500 or code == 503, answer.text
    if code in {401, 403} or (code == 404 and row.of_shop):
        return str(code)
    return "empty" if row.empty and answer.json() == [] else "passes"


async def test_each_role_gets_exactly_what_the_table_promises(
    walked: tuple[Shop, dict[str, str]],
) -> None:
    shop, places = walked
    wrong, asked = [], 0
    for name, row in ROUTES.items():
        if name.startswith("SOCKET") or row.demo:
            continue
        # Who may see nothing goes first: the others change what they find.
        for login in (STRANGER, OTHER_SHOPS, "xiaoli", "lao_zhang", "a_min", "admin"):
            who = shop.http if login == STRANGER else await shop.signed_in(login)
            answer = await call(who, name, places)
            asked += 1
            got = outcome(answer, row)
            if got != expected(row, login):
                wrong.append(
                    f"{name} as {login}: {got} instead of {expected(row, login)}: {answer.text[:120]}"
                )
            if name.endswith("/sign-out") and login != STRANGER:
                await shop.cookies.pop(login).aclose()
    assert not wrong, "\n".join(wrong)
    assert asked > 300


async def test_a_visitors_token_opens_the_widgets_routes_and_no_others(
    walked: tuple[Shop, dict[str, str]],
) -> None:
    shop, places = walked
    _, token = await shop.store.write(
        consumers.welcome_visitor, shop_id=SHOP, name="小王", now=now()
    )
    shop.http.headers["X-Diji-Visitor"] = token
    for name, row in ROUTES.items():
        if name.startswith("SOCKET") or row.demo:
            continue
        answer = await call(shop.http, name, places)
        assert (answer.status_code == 401) == (not row.public), name


async def test_nothing_that_changes_passes_without_the_pages_token(
    walked: tuple[Shop, dict[str, str]],
) -> None:
    shop, places = walked
    admin = await shop.signed_in("admin")
    del admin.headers["X-CSRF-Token"]
    for name, row in ROUTES.items():
        if not row.public and not name.startswith("GET "):
            assert (await call(admin, name, places)).status_code == 403, name


CANARY = "别家的金丝雀"


async def test_no_answer_ever_holds_a_word_of_another_company(
    sqlite: Warehouse, tenant_id: str
) -> None:
    """The neighbour has the same shops, logins and words of its own; every GET is looked through."""
    async with (
        open_shop(sqlite, tenant_id[:31] + "x", run_worker=False) as neighbour,
        open_shop(sqlite, tenant_id, run_worker=False) as shop,
    ):
        theirs = await the_shop_to_walk_in(neighbour, CANARY)
        ours = await the_shop_to_walk_in(shop)
        at_home, with_us = await neighbour.signed_in("lao_zhang"), await shop.signed_in("lao_zhang")
        reads = [n for n, row in ROUTES.items() if n.startswith("GET ") and not row.public]
        shown = [n for n in reads if CANARY in (await call(at_home, n, theirs)).text]
        assert len(shown) >= 5, "the neighbour itself does see its words"
        for name in reads:
            for places in (ours, {**theirs, "shop_id": SHOP}):
                assert CANARY not in (await call(with_us, name, places)).text, name


async def test_a_session_of_one_company_is_none_in_another(
    sqlite: Warehouse, tenant_id: str
) -> None:
    async with (
        open_shop(sqlite, tenant_id[:31] + "x", run_worker=False) as neighbour,
        open_shop(sqlite, tenant_id, run_worker=False) as shop,
    ):
        token = (await neighbour.signed_in("admin")).cookies[neighbour.cookie]
        answer = await shop.http.get("/api/me", headers={"Cookie": f"{shop.cookie}={token}"})
        assert answer.status_code == 401
