"""Sign-in, and who am I; those who manage the team have `managing_api.py`."""

import asyncio
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from diji.foundation import Invalid, NotSignedIn, Shape, get_settings

from . import actions, queries
from .doors import Asker, anyone, cookie_at, may, store_of
from .managing_api import CompanyName, Login, Password, PersonName, ShopName, ShopOut
from .managing_api import router as managing_router
from .passwords import hash_password, is_password
from .rules import EVERYONE, SESSION_LASTS, Role, who_tries

router = APIRouter(prefix="/api", tags=["team"])
router.include_router(managing_router)


class Me(Shape):
    id: str
    name: str
    role: Role
    csrf: str
    company: str
    state: str
    shops: list[ShopOut]


class Welcome(Shape):
    """What the sign-in page needs to know."""

    set_up: bool
    one_click: bool
    company: str | None


class Credentials(Shape):
    login: Login
    password: Password


class FirstSteps(Shape):
    company: CompanyName
    shop: ShopName
    platform: str
    login: Login
    name: PersonName
    password: Password


class State(Shape):
    state: str


@router.get("/welcome", dependencies=[anyone])
async def welcome(request: Request) -> Welcome:
    store = store_of(request)
    ready = await store.read(queries.is_set_up)
    company = await store.read(queries.tenant_name) if ready else None
    return Welcome(set_up=ready, one_click=request.app.state.one_click, company=company)


@router.post("/set-up", dependencies=[anyone], status_code=204)
async def set_up(steps: FirstSteps, request: Request, response: Response) -> None:
    """The first visitor makes the company, its first shop and its admin; only the first call counts."""
    store = store_of(request)
    if await store.read(
        queries.is_set_up
    ):  # before the work of hashing, which anyone could ask for
        raise actions.already_set_up()
    hashed = await asyncio.to_thread(hash_password, steps.password, login=steps.login)
    member_id = await store.write(_first_steps, steps, hashed)
    await let_in(request, response, member_id)


def _first_steps(session: Session, steps: FirstSteps, hashed: str) -> str:
    actions.set_up(session, company=steps.company, now=datetime.now(UTC))
    actions.add_shop(session, name=steps.shop, platform=steps.platform)
    return actions.add_member(
        session,
        login=steps.login,
        name=steps.name,
        role=Role.ADMIN,
        password_hash=hashed,
        shops=None,
    )


@router.post("/sign-in", dependencies=[anyone], status_code=204)
async def sign_in(credentials: Credentials, request: Request, response: Response) -> None:
    store = store_of(request)
    whos = who_tries(credentials.login, _address(request))
    attempts = await store.write(actions.begin_attempt, *whos, now=datetime.now(UTC))
    found = await store.read(queries.find_by_login, credentials.login)
    if not await is_password(credentials.password, found[1] if found else None) or not found:
        raise NotSignedIn("登录名或密码不对", "Wrong login or password")
    await store.write(actions.forgive_attempt, attempts)
    await let_in(request, response, found[0])


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response, asker: Asker = may(EVERYONE)) -> None:
    cookie = cookie_at(request)
    await asker.store.write(actions.sign_out, request.cookies.get(cookie, ""))
    response.delete_cookie(cookie)


@router.get("/me")
async def me(asker: Asker = may(EVERYONE)) -> Me:
    who = asker.principal
    company = await asker.store.read(queries.tenant_name)
    shops = [ShopOut.model_validate(s) for s in await asker.store.read(queries.shops)]
    state = (
        "online"
        if who.member_id == "owner"
        else (await asker.store.read(queries.get_member, who.member_id)).state
    )
    return Me(
        id=who.member_id,
        name=who.name,
        role=who.role,
        csrf=who.csrf,
        company=company,
        state=state,
        shops=shops,
    )


@router.put("/me/state", status_code=204)
async def change_my_state(state: State, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(actions.change_state, asker.principal.member_id, state.state)


class OwnPassword(Shape):
    """The old one shows that it is not somebody who found the screen unlocked."""

    old: Password
    new: Password


@router.put("/me/password", status_code=204)
async def change_my_password(
    words: OwnPassword, request: Request, asker: Asker = may(EVERYONE)
) -> None:
    """Every other session of the member ends; this one goes on."""
    me = await asker.store.read(queries.get_member, asker.principal.member_id)
    attempts = await asker.store.write(actions.begin_attempt, f"own:{me.id}", now=datetime.now(UTC))
    was = await asker.store.read(queries.password_of, me.id)
    if not await is_password(words.old, was):
        # Not 401: the session is good, and the screen would leave the page.
        raise Invalid("旧密码不对", "The old password is wrong")
    await asker.store.write(actions.forgive_attempt, attempts)
    hashed = await asyncio.to_thread(hash_password, words.new, login=me.login)
    token = request.cookies.get(cookie_at(request), "")
    await asker.store.write(
        actions.change_own_password, me.id, was=was, password_hash=hashed, token=token
    )


async def let_in(request: Request, response: Response, member_id: str) -> None:
    """Open a session and put its cookie into the answer."""
    ticket = await store_of(request).write(actions.sign_in, member_id, now=datetime.now(UTC))
    response.set_cookie(
        cookie_at(request),
        ticket.token,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=get_settings().secure_cookies,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
