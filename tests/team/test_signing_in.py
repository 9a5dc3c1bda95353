"""Who comes in, how often they may try, and how a session ends."""

import asyncio
import time
from datetime import timedelta
from statistics import median

import httpx
import pytest
from sqlalchemy.orm import Session

from diji import team
from diji.foundation import Invalid, TooOften, get_settings, own, own_update, run
from diji.team.actions import begin_attempt, sign_out
from diji.team.models import FailedSignIn, Member, SignIn
from diji.team.passwords import is_password
from diji.team.rules import (
    MOST_FAILURES,
    MOST_FAILURES_OF_ADDRESS,
    MOST_FAILURES_OF_LOGIN,
    SESSION_LASTS,
    who_tries,
)
from tests.make import PASSWORD, Shop, now, password_hash


async def sign_in(
    shop: Shop, login: str = "xiaoli", password: str = PASSWORD, *, address: str | None = None
) -> httpx.Response:
    words = {"login": login, "password": password}
    if address is None:
        return await shop.http.post("/api/sign-in", json=words)
    transport = httpx.ASGITransport(shop.app, client=(address, 50000))
    async with httpx.AsyncClient(transport=transport, base_url="http://diji.test") as elsewhere:
        return await elsewhere.post("/api/sign-in", json=words)


def stored_password(session: Session) -> str:
    return str(
        session.execute(own(session, Member.password).where(Member.id == "xiaoli")).scalar_one()
    )


def leave(session: Session, member_id: str) -> None:
    run(session, own_update(session, Member).where(Member.id == member_id).values(left_at=now()))


async def test_a_password_is_kept_as_argon2_and_never_as_itself(shop: Shop) -> None:
    kept = await shop.store.read(stored_password)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert team.hash_password(PASSWORD, login="zhou") != kept, "salted"
    assert await is_password(PASSWORD, kept)
    assert not await is_password(PASSWORD + " ", kept)


@pytest.mark.parametrize(
    "password", ["short", "12345678", "a-xiaoli-password", "A-XiaoLi-Password"]
)
def test_a_short_password_or_the_name_again_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        team.hash_password(password, login="xiaoli")


async def test_the_right_password_opens_a_session_in_a_safe_cookie(shop: Shop) -> None:
    answer = await sign_in(shop)
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert (await shop.http.get("/api/me")).json()["name"] == "小李"


async def test_behind_https_the_cookie_travels_only_there(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(get_settings(), "secure_cookies", True)
    assert "Secure" in (await sign_in(shop)).headers["set-cookie"]


async def test_the_database_does_not_hold_the_token_itself(shop: Shop) -> None:
    ticket = await shop.store.write(team.sign_in, "xiaoli", now=now())

    def hashes(session: Session) -> list[str]:
        return list(session.scalars(own(session, SignIn.token_hash)))

    assert ticket.token not in await shop.store.read(hashes)


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(shop: Shop) -> None:
    wrong, unknown = await sign_in(shop, password="not it at all"), await sign_in(shop, "谁")  # noqa: S106 - wrong on purpose
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


async def test_an_unknown_name_takes_as_long_as_a_wrong_password() -> None:
    async def seconds(hashed: str | None) -> float:
        begun = time.process_time()
        await is_password("not it at all", hashed)
        return time.process_time() - begun

    known = median([await seconds(password_hash()) for _ in range(5)])
    unknown = median([await seconds(None) for _ in range(5)])
    assert unknown > known / 3


async def test_many_tries_at_once_do_not_slip_past_the_limit(shop: Shop) -> None:
    answers = await asyncio.gather(
        *(sign_in(shop, password=f"guess number {i}") for i in range(MOST_FAILURES + 12))
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [401] * MOST_FAILURES + [429] * 12
    assert (await sign_in(shop)).status_code == 429, "even the right one must wait"
    assert (await sign_in(shop, "lao_zhang")).status_code == 204, "nobody else does"


async def test_the_wait_is_told_and_ends(shop: Shop) -> None:
    for i in range(MOST_FAILURES):
        await sign_in(shop, password=f"guess number {i}")
    refused = await sign_in(shop)
    assert int(refused.headers["retry-after"]) > 0

    def later(session: Session) -> None:
        past = now() - timedelta(minutes=11)
        run(session, own_update(session, FailedSignIn).values(at=past))

    await shop.store.write(later)
    assert (await sign_in(shop)).status_code == 204


async def test_one_address_cannot_try_one_name_after_another(shop: Shop) -> None:
    tries = [(f"login{i}", "1.2.3.4") for i in range(MOST_FAILURES_OF_ADDRESS + 1)]
    assert await refused_of(shop, tries) == 1


async def refused_of(shop: Shop, tries: list[tuple[str, str]]) -> int:
    """How many tries to sign in, each by a login from an address, are not even looked at."""
    begun = (shop.store.write(begin_attempt, *who_tries(*one), now=now()) for one in tries)
    answers = await asyncio.gather(*begun, return_exceptions=True)
    others = [a for a in answers if isinstance(a, Exception) and not isinstance(a, TooOften)]
    assert others == []
    return sum(isinstance(a, TooOften) for a in answers)


async def test_a_stranger_who_guesses_does_not_keep_the_member_out(shop: Shop) -> None:
    guesses = [
        await sign_in(shop, password=f"guess number {i}", address="203.0.113.9")
        for i in range(MOST_FAILURES + 4)
    ]
    assert [g.status_code for g in guesses] == [401] * MOST_FAILURES + [429] * 4
    assert (await sign_in(shop, address="198.51.100.7")).status_code == 204
    assert (await sign_in(shop, address="203.0.113.9")).status_code == 429


async def test_capitals_and_spaces_do_not_make_another_name(shop: Shop) -> None:
    tries = [(login, "203.0.113.9") for login in ("xiaoli", " XiaoLi ", "XIAOLI") for _ in range(4)]
    assert await refused_of(shop, tries) == 12 - MOST_FAILURES


async def test_guessing_from_very_many_addresses_ends_too(shop: Shop) -> None:
    tries = [("xiaoli", f"10.0.{n // 250}.{n % 250}") for n in range(MOST_FAILURES_OF_LOGIN + 5)]
    assert await refused_of(shop, tries) == 5


async def test_who_has_one_ipv6_address_has_not_millions(shop: Shop) -> None:
    tries = [("xiaoli", f"2001:db8:1:2::{n:x}") for n in range(MOST_FAILURES + 3)]
    assert await refused_of(shop, tries) == 3
    assert await refused_of(shop, [("xiaoli", "2001:db8:1:3::1")]) == 0


def test_an_address_counts_the_same_however_it_is_written() -> None:
    assert who_tries("a", "::ffff:1.2.3.4") == who_tries("a", "1.2.3.4")
    assert who_tries("a", "2001:DB8::1") == who_tries("a", "2001:db8:0:0:ffff::2")
    assert who_tries("a", "unknown") != who_tries("a", "1.2.3.4")


async def test_the_longest_names_are_limited_too(shop: Shop) -> None:
    longest = [("İ" * 64, "2001:db8::1%an-interface-with-a-long-name")] * (MOST_FAILURES + 2)
    assert await refused_of(shop, longest) == 2
    everywhere = [("İ" * 64, f"10.1.{n // 250}.{n % 250}") for n in range(MOST_FAILURES_OF_LOGIN)]
    assert await refused_of(shop, everywhere) == MOST_FAILURES


async def test_a_right_password_forgets_its_own_try(shop: Shop) -> None:
    for _ in range(MOST_FAILURES + 2):
        assert (await sign_in(shop)).status_code == 204


async def test_a_token_is_dead_after_signing_out(shop: Shop) -> None:
    li = await shop.signed_in("xiaoli")
    token = li.cookies[shop.cookie]
    assert (await li.post("/api/sign-out")).status_code == 204
    li.cookies.set(shop.cookie, token)
    assert (await li.get("/api/me")).status_code == 401


async def test_signing_out_here_leaves_the_session_elsewhere(shop: Shop) -> None:
    li = await shop.signed_in("xiaoli")
    other = await shop.store.write(team.sign_in, "xiaoli", now=now())
    await li.post("/api/sign-out")
    li.cookies.clear()
    li.cookies.set(shop.cookie, other.token)
    assert (await li.get("/api/me")).status_code == 200


async def test_a_session_ends_by_itself(shop: Shop) -> None:
    ticket = await shop.store.write(team.sign_in, "xiaoli", now=now())
    soon, late = now() + SESSION_LASTS / 2, now() + SESSION_LASTS + timedelta(seconds=1)
    assert await shop.store.read(team.find_principal, ticket.token, now=soon)
    assert await shop.store.read(team.find_principal, ticket.token, now=late) is None


async def test_who_signs_out_everywhere_is_no_longer_at_the_desk(shop: Shop) -> None:
    at_work = await shop.signed_in("xiaoli")
    at_home = await shop.store.write(team.sign_in, "xiaoli", now=now())
    assert (await at_work.post("/api/sign-out")).status_code == 204
    assert (await shop.store.read(team.get_member, "xiaoli")).state == "online"
    await shop.store.write(sign_out, at_home.token)
    assert (await shop.store.read(team.get_member, "xiaoli")).state == "offline"


async def test_who_left_the_team_is_out_at_once(shop: Shop) -> None:
    li = await shop.signed_in("xiaoli")
    await shop.store.write(leave, "xiaoli")
    assert (await li.get("/api/me")).status_code == 401
    assert (await sign_in(shop)).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "Z" * 5000, "\x7f"])
async def test_a_token_that_is_none_opens_nothing(shop: Shop, token: str) -> None:
    answer = await shop.http.get("/api/me", headers={"Cookie": f"{shop.cookie}={token}"})
    assert answer.status_code == 401
    bearer = await shop.http.get("/api/me", headers={"Authorization": f"Bearer {token}"})
    assert bearer.status_code == 401


async def test_the_owner_of_the_folder_comes_in_by_its_secret(shop: Shop) -> None:
    headers = {"Authorization": "Bearer the-door-token"}
    assert (await shop.http.get("/api/me", headers=headers)).json()["role"] == "admin"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_what_changes_anything_needs_the_pages_own_token(shop: Shop, method: str) -> None:
    """Another site can send the cookie along, but it cannot know the token."""
    li = await shop.signed_in("lao_zhang")
    places = {
        "POST": "/api/sign-out",
        "PUT": "/api/me/state",
        "PATCH": "/api/consumers/nobody",
        "DELETE": "/api/knowledge/articles/none",
    }
    for forged in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "x" * 32}):
        answer = await li.request(method, places[method], json={}, headers=forged)
        assert answer.status_code == 403
    assert (await li.get("/api/me", headers={"X-CSRF-Token": ""})).status_code == 200


async def test_one_members_token_does_not_serve_another(shop: Shop) -> None:
    li, zhang = await shop.signed_in("xiaoli"), await shop.signed_in("lao_zhang")
    stolen = {"X-CSRF-Token": zhang.headers["X-CSRF-Token"]}
    assert (await li.post("/api/sign-out", headers=stolen)).status_code == 403


@pytest.mark.parametrize("login", ["\x00", "老" * 64, "' OR 1=1 --", "xiaoli\x00"])
async def test_a_strange_name_is_a_wrong_name(shop: Shop, login: str) -> None:
    assert (await sign_in(shop, login)).status_code in {401, 422}
    assert (await sign_in(shop, "x" * 100)).status_code == 422
