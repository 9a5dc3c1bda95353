"""Sign-in, who am I, shops and members."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from diji.foundation import NotSignedIn, Shape, get_settings

from . import actions, queries
from .doors import COOKIE, Asker, anyone, may, store_of
from .passwords import hash_password, is_password
from .rules import ADMINS, EVERYONE, SESSION_LASTS, Role

router = APIRouter(prefix="/api", tags=["team"])

# As long as the columns are.
Login = Annotated[str, Field(min_length=1, max_length=64)]
PersonName = Annotated[str, Field(min_length=1, max_length=40)]
CompanyName = Annotated[str, Field(max_length=80)]
ShopName = Annotated[str, Field(min_length=1, max_length=80)]
Password = Annotated[str, Field(max_length=1000)]


class ShopOut(Shape):
    id: str
    name: str
    platform: str
    colour: str


class MemberOut(Shape):
    id: str
    login: str
    name: str
    role: Role
    group: str | None
    state: str
    shops: list[str] | None


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


class NewMember(Shape):
    login: Login
    name: PersonName
    role: Role
    password: Password
    shops: list[str] | None = None
    group: PersonName | None = None


class NewShop(Shape):
    name: ShopName
    platform: str


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
    whos = (f"login:{credentials.login.strip().lower()}", f"address:{_address(request)}")
    attempts = await store.write(actions.begin_attempt, *whos, now=datetime.now(UTC))
    found = await store.read(queries.find_by_login, credentials.login)
    if not await is_password(credentials.password, found[1] if found else None) or not found:
        raise NotSignedIn("登录名或密码不对", "Wrong login or password")
    await store.write(actions.forgive_attempt, attempts)
    await let_in(request, response, found[0])


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response, asker: Asker = may(EVERYONE)) -> None:
    await asker.store.write(actions.sign_out, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE)


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


@router.get("/members")
async def members(asker: Asker = may(EVERYONE)) -> list[MemberOut]:
    return [MemberOut.model_validate(m) for m in await asker.store.read(queries.members)]


@router.post("/members", status_code=201)
async def add_member(new: NewMember, asker: Asker = may(ADMINS)) -> MemberOut:
    hashed = await asyncio.to_thread(hash_password, new.password, login=new.login)
    member_id = await asker.store.write(
        actions.add_member,
        login=new.login,
        name=new.name,
        role=new.role,
        password_hash=hashed,
        shops=new.shops,
        group=new.group,
    )
    return MemberOut.model_validate(await asker.store.read(queries.get_member, member_id))


class MemberChange(Shape):
    """What is to change; `shops` null leaves them, "all" means every shop."""

    name: str | None = Field(None, min_length=1, max_length=40)
    role: Role | None = None
    group: str | None = Field(None, max_length=40)
    shops: list[str] | Literal["all"] | None = None
    password: str | None = None


@router.patch("/members/{member_id}")
async def change_member(
    member_id: str, change: MemberChange, asker: Asker = may(ADMINS)
) -> MemberOut:
    member = await asker.store.read(queries.get_member, member_id)
    hashed = hash_password(change.password, login=member.login) if change.password else None
    given = change.model_dump(exclude={"password"}, exclude_none=True)
    await asker.store.write(actions.change_member, member_id, password_hash=hashed, **given)
    return MemberOut.model_validate(await asker.store.read(queries.get_member, member_id))


@router.delete("/members/{member_id}", status_code=204)
async def remove_member(member_id: str, asker: Asker = may(ADMINS)) -> None:
    await asker.store.write(actions.remove_member, member_id, now=datetime.now(UTC))


@router.post("/shops", status_code=201)
async def add_shop(new: NewShop, asker: Asker = may(ADMINS)) -> ShopOut:
    shop_id = await asker.store.write(actions.add_shop, name=new.name, platform=new.platform)
    return ShopOut.model_validate(await asker.store.read(queries.get_shop, shop_id))


class WidgetKey(Shape):
    """The secret with which a shop's own site signs who its visitor is."""

    key: str


@router.get("/shops/{shop_id}/widget-key")
async def widget_key(shop_id: str, asker: Asker = may(ADMINS)) -> WidgetKey:
    return WidgetKey(key=(await asker.store.read(queries.get_shop, shop_id)).widget_key)


async def let_in(request: Request, response: Response, member_id: str) -> None:
    """Open a session and put its cookie into the answer."""
    ticket = await store_of(request).write(actions.sign_in, member_id, now=datetime.now(UTC))
    response.set_cookie(
        COOKIE,
        ticket.token,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=get_settings().secure_cookies,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
