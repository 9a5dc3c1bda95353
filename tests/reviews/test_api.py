"""Reviews over HTTP."""

from typing import Any

import httpx

from tests.make import SHOP, Shop, eventually
from tests.reviews.make import FILE


async def send(browser: httpx.AsyncClient, content: bytes, shop: str = SHOP) -> httpx.Response:
    return await browser.post(
        "/api/reviews/imports", files={"file": ("评价.csv", content)}, data={"shop": shop}
    )


async def imported(browser: httpx.AsyncClient, content: bytes) -> dict[str, Any]:
    """Sent, confirmed as proposed, and finished by the worker."""
    sent = (await send(browser, content)).json()
    where = f"/api/reviews/imports/{sent['id']}"
    assert (
        await browser.post(f"{where}/confirm", json={"mapping": sent["mapping"]})
    ).status_code == 200

    async def finished() -> dict[str, Any] | None:
        now: dict[str, Any] = (await browser.get(where)).json()
        return now if now["state"] == "finished" else None

    done: dict[str, Any] = await eventually(finished)
    return done


async def test_a_file_is_looked_at_before_it_is_imported(shop: Shop) -> None:
    lead = await shop.signed_in("lao_zhang")
    proposed = (await send(lead, FILE.encode("gbk"))).json()
    assert (proposed["state"], proposed["mapping"]["text"]) == ("proposed", 5)
    assert proposed["columns"][5]["header"] == "评价内容"
    assert proposed["columns"][5]["samples"][1] == "质量太差"


async def test_a_lead_imports_a_file_and_sees_its_figures(shop: Shop) -> None:
    lead = await shop.signed_in("lao_zhang")
    assert (await imported(lead, FILE.encode()))["added"] == 4
    totals = (await lead.get("/api/reviews/totals?from=2026-05-01&to=2026-05-31")).json()
    assert totals["now"] | {"count": 4, "goodRate": 0.5} == totals["now"]
    assert totals["before"]["count"] == 0


async def test_every_tile_answers_every_question(shop: Shop) -> None:
    agent = await shop.signed_in("xiaoli")
    for tile in (
        "/totals",
        "/trend",
        "/platforms",
        "/products",
        "/aspects",
        "/voices",
        "/issues",
        "",
    ):
        asked = await agent.get(
            f"/api/reviews{tile}?aspect=quality&sentiment=negative&words=差&from=2026-05-01"
        )
        assert asked.status_code == 200, tile


async def test_agents_read_and_do_not_import(shop: Shop) -> None:
    agent = await shop.signed_in("xiaoli")
    assert (await send(agent, FILE.encode())).status_code == 403


async def test_nonsense_is_refused_and_never_breaks(shop: Shop) -> None:
    lead = await shop.signed_in("lao_zhang")
    for content in (b"", b"\x00\x01" * 999, b"PK\x03\x04", b"\x89PNG\r\n\x1a\n\x00"):
        answer = await send(lead, content)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert (await send(lead, FILE.encode(), shop="nobody")).status_code == 404
    assert (await lead.get("/api/reviews?after=zzz")).status_code == 422
    assert (await lead.get("/api/reviews/totals?from=yesterday")).status_code == 422


async def test_bad_rows_come_back_as_a_file(shop: Shop) -> None:
    lead = await shop.signed_in("lao_zhang")
    sent = await imported(lead, f"{FILE}\n1,P1,面霜,王,9,不错,2026-05-01".encode())
    file = await lead.get(f"/api/reviews/imports/{sent['id']}/bad-rows?form=csv")
    assert "评分无法识别" in file.content.decode("utf-8-sig")
    assert "attachment" in file.headers["content-disposition"]


async def test_an_agent_marks_a_bad_review_handled(shop: Shop) -> None:
    lead, agent = await shop.signed_in("lao_zhang"), await shop.signed_in("xiaoli")
    await imported(lead, FILE.encode())
    bad = (await agent.get("/api/reviews?verdict=bad")).json()["reviews"][0]
    answer = (await agent.post(f"/api/reviews/{bad['id']}/handled", json={})).json()
    assert answer["handledBy"] == "xiaoli"
