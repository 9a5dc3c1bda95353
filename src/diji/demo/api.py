"""The demo's own routes: come in with one click, see how far the seeding is, be a consumer."""

import secrets
from typing import cast

from fastapi import APIRouter, Request, Response

from diji import consumers, team
from diji.foundation import NotAllowed, NotFound, RateLimit, Shape
from diji.team import Role, anyone

from .cast import MEMBERS, SHOPS
from .cast import consumers as everybody
from .stage import Stage

router = APIRouter(prefix="/api/demo", tags=["demo"])

_TRIES = RateLimit(per_minute=10, burst=10)
_STORIES = (
    "有一个包裹在路上，可以问问到哪了",
    "包裹停在半路两天没动，可以来催",
    "刚收到货，可以问问退换",
)


class PersonOut(Shape):
    """A member whom one can be with one click."""

    id: str
    name: str
    role: Role
    does: str


class EnterIn(Shape):
    member_id: str
    password: str | None = None


class StateOut(Shape):
    """How far the seeding is; `what` is empty when it is done."""

    done: int
    total: int
    what: str
    what_en: str
    failed: bool


class BuyerOut(Shape):
    """A consumer with orders, signed as the shop's own site would sign: for the widget's `data-user-*`."""

    shop: str
    user_id: str
    name: str
    signature: str
    story: str


class PasswordNeeded(NotAllowed):
    """The demo is open to others: the password was printed when it was started."""

    code = "demo_password"


def _stage(request: Request) -> Stage:
    return cast("Stage", request.app.state.demo)


@router.get("/people", dependencies=[anyone])
async def people() -> list[PersonOut]:
    return [PersonOut(id=m.id, name=m.name, role=m.role, does=m.does) for m in MEMBERS]


@router.post("/enter", dependencies=[anyone], status_code=204)
async def enter(who: EnterIn, request: Request, response: Response) -> None:
    """Sign in as one of the demo's people."""
    _TRIES.take(request.client.host if request.client else "unknown")
    wanted = _stage(request).password
    if wanted and not secrets.compare_digest((who.password or "").encode(), wanted.encode()):
        raise PasswordNeeded(
            "请输入启动演示时打印的口令", "Enter the password printed when the demo was started"
        )
    if who.member_id not in {m.id for m in MEMBERS}:
        raise NotFound("没有这位成员", "There is no such member", member=who.member_id)
    await team.let_in(request, response, who.member_id)


@router.get("/state", dependencies=[anyone])
async def state(request: Request) -> StateOut:
    return StateOut.model_validate(_stage(request).seeding.progress)


@router.get("/buyers", dependencies=[anyone])
async def buyers(request: Request) -> list[BuyerOut]:
    """Consumers with orders whom a visitor of the widget can be."""
    keys = {shop.id: shop.widget_key for shop in await _stage(request).store.read(team.shops)}
    guests = [c for c in everybody() if c.guest is not None]
    order = [shop.id for shop in SHOPS]
    return [
        BuyerOut(
            shop=c.shop, user_id=c.user_id, name=c.who.nick, story=_STORIES[c.guest or 0],
            signature=consumers.signature_of(keys[c.shop], c.shop, c.user_id),
        )
        for c in sorted(guests, key=lambda c: (c.guest, order.index(c.shop)))
    ]  # fmt: skip
