"""The routes of those who manage the team: members, shops, and the company's name."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from diji.foundation import Conflict, Shape

from . import actions, queries
from .doors import Asker, may
from .passwords import hash_password
from .rules import ADMINS, EVERYONE, LEADS, Role

router = APIRouter()


def _name(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


# As long as the columns are; a name of blanks is none.
Login = Annotated[str, _name(64)]
PersonName = Annotated[str, _name(40)]
CompanyName = Annotated[str, _name(80)]
ShopName = Annotated[str, _name(80)]
Password = Annotated[str, Field(max_length=1000)]
Group = Annotated[str, Field(max_length=40)]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


class ShopOut(Shape):
    id: str
    name: str
    platform: str
    colour: str


class ColleagueOut(Shape):
    """What everybody may know of everybody; who has left keeps the name under what they wrote."""

    id: str
    name: str
    state: str


class MemberOut(Shape):
    id: str
    login: str
    name: str
    role: Role
    group: str | None
    state: str
    shops: list[str] | None


class NewMember(Shape):
    login: Login
    name: PersonName
    role: Role
    password: Password
    shops: list[str] | None = None
    group: Group | None = None


class MemberChange(Shape):
    """What is to change; `shops` null leaves them, "all" means every shop; `group` "" is none."""

    name: PersonName | None = None
    role: Role | None = None
    group: Group | None = None
    shops: list[str] | Literal["all"] | None = None
    password: Password | None = None


class Company(Shape):
    name: CompanyName


class NewShop(Shape):
    name: ShopName
    platform: str


class ShopChange(Shape):
    """What is to change; null leaves it."""

    name: ShopName | None = None
    platform: str | None = None
    colour: Colour | None = None


class WidgetKey(Shape):
    """The secret with which a shop's own site signs who its visitor is."""

    key: str


@router.get("/members")
async def colleagues(asker: Asker = may(EVERYONE)) -> list[ColleagueOut]:
    return [ColleagueOut.model_validate(c) for c in await asker.store.read(queries.colleagues)]


@router.get("/team")
async def team(asker: Asker = may(LEADS)) -> list[MemberOut]:
    """The members with their logins and shops."""
    return [MemberOut.model_validate(m) for m in await asker.store.read(queries.members)]


@router.post("/members", status_code=201)
async def add_member(new: NewMember, asker: Asker = may(ADMINS)) -> MemberOut:
    hashed = await asyncio.to_thread(hash_password, new.password, login=new.login)
    given = new.model_dump(exclude={"password"})
    member_id = await asker.store.write(actions.add_member, password_hash=hashed, **given)
    return MemberOut.model_validate(await asker.store.read(queries.get_member, member_id))


@router.patch("/members/{member_id}")
async def change_member(
    member_id: str, change: MemberChange, asker: Asker = may(ADMINS)
) -> MemberOut:
    member = await asker.store.read(queries.get_member, member_id)
    hashed = None
    if change.password is not None:
        if member_id == asker.principal.member_id:
            raise Conflict(
                "自己的密码请在“我的”里修改，需要旧密码",
                "Change your own password under “Mine”, with the old one",
            )
        hashed = await asyncio.to_thread(hash_password, change.password, login=member.login)
    given = change.model_dump(exclude={"password"}, exclude_none=True)
    await asker.store.write(actions.change_member, member_id, password_hash=hashed, **given)
    return MemberOut.model_validate(await asker.store.read(queries.get_member, member_id))


@router.delete("/members/{member_id}", status_code=204)
async def remove_member(member_id: str, asker: Asker = may(ADMINS)) -> None:
    await asker.store.write(actions.remove_member, member_id, now=datetime.now(UTC))


@router.patch("/company", status_code=204)
async def rename_company(company: Company, asker: Asker = may(ADMINS)) -> None:
    await asker.store.write(actions.rename_company, company.name)


@router.post("/shops", status_code=201)
async def add_shop(new: NewShop, asker: Asker = may(ADMINS)) -> ShopOut:
    shop_id = await asker.store.write(actions.add_shop, name=new.name, platform=new.platform)
    return ShopOut.model_validate(await asker.store.read(queries.get_shop, shop_id))


@router.patch("/shops/{shop_id}")
async def change_shop(shop_id: str, change: ShopChange, asker: Asker = may(ADMINS)) -> ShopOut:
    given = change.model_dump(exclude_none=True)
    await asker.store.write(actions.change_shop, shop_id, **given)
    return ShopOut.model_validate(await asker.store.read(queries.get_shop, shop_id))


@router.get("/shops/{shop_id}/widget-key")
async def widget_key(shop_id: str, asker: Asker = may(ADMINS)) -> WidgetKey:
    return WidgetKey(key=(await asker.store.read(queries.get_shop, shop_id)).widget_key)
