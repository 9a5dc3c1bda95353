"""What can be done in the team."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from diji.events import MemberChanged, MemberSignedIn, ShopChanged, new_id
from diji.foundation import (
    Conflict,
    Invalid,
    TooOften,
    add_new,
    own,
    own_delete,
    own_insert,
    own_update,
    record,
    run,
)

from .models import FailedSignIn, Member, MemberShop, Shop, SignIn, Tenant
from .queries import MemberView, get_member, hashed, is_set_up, members, recent_failures
from .rules import FAILURE_WINDOW, PLATFORMS, SESSION_LASTS, Role, too_many_failures


class AlreadySetUp(Conflict):
    """There is a company already."""


def already_set_up() -> AlreadySetUp:
    return AlreadySetUp("已经完成初始设置", "This installation is already set up")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a new session is carried by: the cookie's token and the token against forged requests."""

    token: str
    csrf: str
    until: datetime


def set_up(session: Session, *, company: str, now: datetime) -> None:
    """Make the tenant; only the first call counts."""
    if is_set_up(session):
        raise already_set_up()
    run(session, own_insert(session, Tenant, name=company.strip() or "我的公司", created_at=now))


def add_shop(
    session: Session,
    *,
    name: str,
    platform: str,
    shop_id: str | None = None,
    colour: str = "#0f766e",
) -> str:
    if platform not in PLATFORMS:
        raise Invalid("不认识这个平台", "Unknown platform", platform=platform, known=PLATFORMS)
    chosen = shop_id or new_id()
    added = add_new(
        session,
        Shop,
        shop_id=chosen,
        name=name.strip(),
        platform=platform,
        colour=colour,
        widget_key=secrets.token_urlsafe(24),
    )
    if not added:
        raise Conflict("已有这家店铺", "There is such a shop already", shop=chosen)
    record(session, ShopChanged(shop_id=chosen))
    return chosen


def add_member(
    session: Session,
    *,
    login: str,
    name: str,
    role: Role,
    password_hash: str,
    shops: Iterable[str] | None,
    group: str | None = None,
    member_id: str | None = None,
) -> str:
    """`shops` None: the member sees every shop, new ones too. `password_hash` comes from `hash_password`."""
    chosen = member_id or new_id()
    taken = session.execute(own(session, Member.id).where(Member.login == login.strip())).first()
    if taken:
        raise Conflict("这个登录名已被使用", "That login is taken", login=login)
    values = {
        "login": login.strip(),
        "name": name.strip(),
        "role": role.value,
        "group": group,
        "state": "offline",
    }
    all_shops = shops is None
    run(
        session,
        own_insert(
            session, Member, id=chosen, password=password_hash, sees_all_shops=all_shops, **values
        ),
    )
    for shop_id in shops or ():
        add_new(session, MemberShop, member_id=chosen, shop_id=shop_id)
    record(session, MemberChanged(member_id=chosen))
    return chosen


def change_member(
    session: Session,
    member_id: str,
    *,
    name: str | None = None,
    role: Role | None = None,
    group: str | None = None,
    shops: Iterable[str] | Literal["all"] | None = None,
    password_hash: str | None = None,
) -> None:
    """Change what is given; a new password ends the member's sessions. The last admin stays one."""
    member = get_member(session, member_id)
    if role is not None and role is not Role.ADMIN:
        _keep_one_admin(session, member)
    given = {"name": name, "role": role and role.value, "group": group, "password": password_hash}
    values: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
    if shops is not None:
        values["sees_all_shops"] = shops == "all"
        run(session, own_delete(session, MemberShop).where(MemberShop.member_id == member_id))
        for shop_id in () if shops == "all" else shops:
            add_new(session, MemberShop, member_id=member_id, shop_id=shop_id)
    if values:
        run(session, own_update(session, Member).where(Member.id == member_id).values(**values))
    if password_hash is not None:
        run(session, own_delete(session, SignIn).where(SignIn.member_id == member_id))
    record(session, MemberChanged(member_id=member_id))


def remove_member(session: Session, member_id: str, *, now: datetime) -> None:
    """A member leaves: no session of theirs is good any more; what they wrote stays theirs."""
    member = get_member(session, member_id)
    _keep_one_admin(session, member)
    gone = own_update(session, Member).where(Member.id == member_id)
    run(session, gone.values(left_at=now, state="offline"))
    run(session, own_delete(session, SignIn).where(SignIn.member_id == member_id))
    record(session, MemberChanged(member_id=member_id))


def _keep_one_admin(session: Session, member: MemberView) -> None:
    admins = [one for one in members(session) if one.role is Role.ADMIN]
    if member.role is Role.ADMIN and len(admins) == 1:
        raise Conflict("至少要有一名管理员", "There must be at least one admin")


def change_state(session: Session, member_id: str, state: str) -> None:
    """在线 online, 忙碌 busy, 小休 away, 离线 offline."""
    if state not in {"online", "busy", "away", "offline"}:
        raise Invalid("不认识这个状态", "Unknown state", state=state)
    run(session, own_update(session, Member).where(Member.id == member_id).values(state=state))
    record(session, MemberChanged(member_id=member_id))


def sign_in(session: Session, member_id: str, *, now: datetime) -> Ticket:
    """Open a session for a member whose password was checked."""
    ticket = Ticket(secrets.token_urlsafe(32), secrets.token_urlsafe(24), now + SESSION_LASTS)
    run(session, own_delete(session, SignIn).where(SignIn.until < now))
    values = {"member_id": member_id, "csrf": ticket.csrf, "until": ticket.until}
    run(session, own_insert(session, SignIn, token_hash=hashed(ticket.token), **values))
    here = own_update(session, Member).where(Member.id == member_id, Member.state == "offline")
    run(session, here.values(state="online"))
    record(session, MemberSignedIn(member_id=member_id))
    return ticket


def sign_out(session: Session, token: str) -> None:
    run(session, own_delete(session, SignIn).where(SignIn.token_hash == hashed(token)))


def begin_attempt(session: Session, *whos: str, now: datetime) -> tuple[str, ...]:
    """Count a try to sign in before it is checked, so that many at once cannot slip through."""
    run(session, own_delete(session, FailedSignIn).where(FailedSignIn.at < now - FAILURE_WINDOW))
    for who in whos:
        if too_many_failures(who, recent_failures(session, who, now=now)):
            seconds = int(FAILURE_WINDOW.total_seconds())
            raise TooOften(
                "尝试次数过多，请稍后再试", "Too many tries; wait a while", retry_after=seconds
            )
    attempts = tuple(new_id() for _ in whos)
    for attempt, who in zip(attempts, whos, strict=True):
        run(session, own_insert(session, FailedSignIn, id=attempt, who=who[:80], at=now))
    return attempts


def forgive_attempt(session: Session, attempts: tuple[str, ...]) -> None:
    """The password was right after all."""
    run(session, own_delete(session, FailedSignIn).where(FailedSignIn.id.in_(attempts)))
