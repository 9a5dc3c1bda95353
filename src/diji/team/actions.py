"""What can be done in the team."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from diji.events import CompanyChanged, MemberChanged, MemberSignedIn, ShopChanged, new_id
from diji.foundation import (
    Conflict,
    Invalid,
    NotAllowed,
    TooOften,
    add_new,
    binding,
    own,
    own_delete,
    own_insert,
    own_update,
    record,
    run,
)

from .models import FailedSignIn, Member, MemberShop, Shop, SignIn, Tenant
from .queries import (
    MemberView,
    every_shop_of,
    get_member,
    get_shop,
    has_left,
    hashed,
    is_set_up,
    members,
    recent_failures,
)
from .rules import (
    FAILURE_WINDOW,
    PLATFORMS,
    SESSION_LASTS,
    Role,
    sees_no_more,
    too_many_failures,
)


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


def rename_company(session: Session, name: str) -> None:
    """The name stands over all shops, so who sees but some of them leaves it as it is."""
    if binding(session).actor.shops is not None:
        raise NotAllowed(
            "公司名称由看得到全部店铺的管理员修改",
            "The company is renamed by an admin who sees every shop",
        )
    run(session, own_update(session, Tenant).values(name=name.strip()))
    record(session, CompanyChanged())


def add_shop(
    session: Session,
    *,
    name: str,
    platform: str,
    shop_id: str | None = None,
    colour: str = "#0f766e",
) -> str:
    if binding(session).actor.shops is not None:
        raise NotAllowed(
            "新店铺只能由管理全部店铺的管理员添加", "Only an admin of every shop may open another"
        )
    _know_platform(platform)
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


def change_shop(
    session: Session,
    shop_id: str,
    *,
    name: str | None = None,
    platform: str | None = None,
    colour: str | None = None,
) -> None:
    """Change what is given; its id and its widget's key stay, for they stand in the shop's own pages."""
    get_shop(session, shop_id)
    if platform is not None:
        _know_platform(platform)
    given = {"name": name and name.strip(), "platform": platform, "colour": colour}
    values = {field: value for field, value in given.items() if value is not None}
    if values:
        run(session, own_update(session, Shop).where(Shop.shop_id == shop_id).values(**values))
        record(session, ShopChanged(shop_id=shop_id))


def _know_platform(platform: str) -> None:
    if platform not in PLATFORMS:
        raise Invalid("不认识这个平台", "Unknown platform", platform=platform, known=PLATFORMS)


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
    seen = None if shops is None else frozenset(shops)
    _may_open(session, seen)
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
    all_shops = seen is None
    run(
        session,
        own_insert(
            session, Member, id=chosen, password=password_hash, sees_all_shops=all_shops, **values
        ),
    )
    for shop_id in sorted(seen or ()):
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
    _may_manage(session, member)
    if role is not None and role is not Role.ADMIN:
        _keep_one_admin(session, member)
    given = {"name": name and name.strip(), "role": role and role.value, "password": password_hash}
    values: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
    if group is not None:
        values["group"] = group.strip() or None  # no words: in no group any more
    if shops is not None:
        seen = None if shops == "all" else frozenset(shops)
        _may_open(session, seen)
        values["sees_all_shops"] = seen is None
        run(session, own_delete(session, MemberShop).where(MemberShop.member_id == member_id))
        for shop_id in sorted(seen or ()):
            add_new(session, MemberShop, member_id=member_id, shop_id=shop_id)
    if values:
        run(session, own_update(session, Member).where(Member.id == member_id).values(**values))
    if password_hash is not None:
        run(session, own_delete(session, SignIn).where(SignIn.member_id == member_id))
    record(session, MemberChanged(member_id=member_id))


def remove_member(session: Session, member_id: str, *, now: datetime) -> None:
    """A member leaves: no session of theirs is good any more; what they wrote stays theirs.

    The login is free again, for who comes back or has the same name.
    """
    if has_left(session, member_id):
        return
    member = get_member(session, member_id)
    _may_manage(session, member)
    _keep_one_admin(session, member)
    gone = own_update(session, Member).where(Member.id == member_id)
    run(session, gone.values(left_at=now, state="offline", login=f"left:{member_id}"))
    run(session, own_delete(session, SignIn).where(SignIn.member_id == member_id))
    record(session, MemberChanged(member_id=member_id))


def change_own_password(
    session: Session, member_id: str, *, was: str, password_hash: str, token: str
) -> None:
    """Replace the hash that the old password was checked against; all sessions end but the one of `token`."""
    mine = own_update(session, Member).where(Member.id == member_id, Member.password == was)
    if not run(session, mine.values(password=password_hash)).rowcount:
        raise Conflict(
            "密码刚刚被改过，请重新登录", "The password was changed meanwhile; sign in again"
        )
    others = own_delete(session, SignIn).where(SignIn.member_id == member_id)
    run(session, others.where(SignIn.token_hash != hashed(token)))
    record(session, MemberChanged(member_id=member_id))


def _may_manage(session: Session, member: MemberView) -> None:
    """Nobody changes a member who sees more shops than they do, or they could come in as that member."""
    if not sees_no_more(every_shop_of(session, member), binding(session).actor.shops):
        raise NotAllowed(
            "这位成员能看到您看不到的店铺，只有看得到那些店铺的管理员能管理",
            "This member sees shops that you do not see; only an admin who sees them may do this",
            member=member.id,
        )


def _may_open(session: Session, shops: Collection[str] | None) -> None:
    """Nobody gives away more shops than they see; None gives them all."""
    if not sees_no_more(shops, binding(session).actor.shops):
        raise NotAllowed(
            "您只能开放自己看得到的店铺",
            "You may open to a member only shops that you see yourself",
        )


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
    """End this session; who has no other one left is no longer at the desk."""
    who = own(session, SignIn.member_id).where(SignIn.token_hash == hashed(token))
    member_id = session.scalars(who).first()
    if member_id is None:
        return
    run(session, own_delete(session, SignIn).where(SignIn.token_hash == hashed(token)))
    others = own(session, SignIn.member_id).where(SignIn.member_id == member_id)
    if session.scalars(others.limit(1)).first() is None:
        change_state(session, member_id, "offline")


def begin_attempt(session: Session, *whos: str, now: datetime) -> tuple[str, ...]:
    """Count a try to sign in before it is checked, so that many at once cannot slip through.

    `whos` are the names of `who_tries`; a try that is refused is not counted, so it keeps nobody else out.
    """
    whos = tuple(who[:80] for who in whos)
    run(session, own_delete(session, FailedSignIn).where(FailedSignIn.at < now - FAILURE_WINDOW))
    for who in whos:
        if too_many_failures(who, recent_failures(session, who, now=now)):
            seconds = int(FAILURE_WINDOW.total_seconds())
            raise TooOften(
                "尝试次数过多，请稍后再试", "Too many tries; wait a while", retry_after=seconds
            )
    attempts = tuple(new_id() for _ in whos)
    for attempt, who in zip(attempts, whos, strict=True):
        run(session, own_insert(session, FailedSignIn, id=attempt, who=who, at=now))
    return attempts


def forgive_attempt(session: Session, attempts: tuple[str, ...]) -> None:
    """The password was right after all."""
    run(session, own_delete(session, FailedSignIn).where(FailedSignIn.id.in_(attempts)))
