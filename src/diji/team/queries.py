"""What can be asked about the team."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session

from diji.foundation import NotFound, binding, do, own, own_once

from .models import FailedSignIn, Member, MemberShop, Shop, SignIn, Tenant
from .rules import FAILURE_WINDOW, Principal, Role


@dataclass(frozen=True, slots=True)
class ShopView:
    """A shop as others see it."""

    id: str
    name: str
    platform: str
    colour: str
    widget_key: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member as the team sees them; `shops` None means all."""

    id: str
    login: str
    name: str
    role: Role
    group: str | None
    state: str
    shops: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """What members know of each other."""

    id: str
    name: str
    state: str


def is_set_up(session: Session) -> bool:
    return session.execute(own(session, Tenant.name)).first() is not None


def tenant_name(session: Session) -> str:
    return str(session.execute(own(session, Tenant.name)).scalar_one())


def shops(session: Session) -> list[ShopView]:
    return [_shop(s) for s in session.scalars(own(session, Shop).order_by(Shop.shop_id))]


_SHOP = own_once(Shop).where(Shop.__table__.c.shop_id == bindparam("shop"))


def get_shop(session: Session, shop_id: str) -> ShopView:
    session.flush()
    shop = do(session, _SHOP, shop=shop_id).first()
    seen = binding(session).actor.shops
    if shop is None or (seen is not None and shop_id not in seen):
        raise NotFound("没有这家店铺", "There is no such shop", shop=shop_id)
    return _shop(shop)


def _shop(shop: Any) -> ShopView:
    """Of a mapped shop or of a plain row."""
    return ShopView(shop.shop_id, shop.name, shop.platform, shop.colour, shop.widget_key)


_WHO = Member.__table__.c
_MEMBERS = own_once(Member).where(_WHO.left_at.is_(None)).order_by(_WHO.name)
_MEMBER_SHOPS = own_once(MemberShop, "member_id", "shop_id")


def members(session: Session) -> list[MemberView]:
    """Everybody who is in the team; of their shops those that who asks may see."""
    session.flush()
    seen = binding(session).actor.shops
    theirs: dict[str, set[str]] = defaultdict(set)
    for member_id, shop_id in do(session, _MEMBER_SHOPS):
        if seen is None or shop_id in seen:
            theirs[member_id].add(shop_id)
    return [_member(m, theirs[m.id]) for m in do(session, _MEMBERS)]


_AT_THE_DESK = frozenset({"online", "busy"})


def somebody_serves(session: Session, shop_id: str) -> bool:
    """Whether anybody who may see the shop is at the desk."""
    return any(
        member.state in _AT_THE_DESK and (member.shops is None or shop_id in member.shops)
        for member in members(session)
    )


def colleagues(session: Session) -> list[ColleagueView]:
    """All who are or were in the team: what somebody wrote keeps its name when they have left."""
    rows = own(session, Member.id, Member.name, Member.state).order_by(Member.name)
    return [ColleagueView(*row) for row in session.execute(rows)]


def get_member(session: Session, member_id: str) -> MemberView:
    here = own(session, Member).where(Member.id == member_id, Member.left_at.is_(None))
    member = session.scalars(here).first()
    if member is None:
        raise NotFound("没有这位成员", "There is no such member", member=member_id)
    return _member(member, _shops_of(session, member.id))


def has_left(session: Session, member_id: str) -> bool:
    gone = own(session, Member.id).where(Member.id == member_id, Member.left_at.is_not(None))
    return session.execute(gone).first() is not None


def _member(member: Any, shops: set[str]) -> MemberView:
    """Of a mapped member or of a plain row."""
    seen = None if member.sees_all_shops else tuple(sorted(shops))
    role = Role(member.role)
    return MemberView(member.id, member.login, member.name, role, member.group, member.state, seen)


def _shops_of(session: Session, member_id: str) -> set[str]:
    rows = own(session, MemberShop.shop_id).where(MemberShop.member_id == member_id)
    return set(session.scalars(rows))


_EVERY_SHOP_OF = own_once(MemberShop, "shop_id").where(
    MemberShop.__table__.c.member_id == bindparam("member")
)


def every_shop_of(session: Session, member: MemberView) -> set[str] | None:
    """The shops that a member sees, also those that who asks does not; None means all."""
    if member.shops is None:
        return None
    return set(do(session, _EVERY_SHOP_OF, member=member.id).scalars())


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_principal(session: Session, token: str, *, now: datetime) -> Principal | None:
    """Who holds this session token, if it is still good."""
    row = session.execute(
        own(session, SignIn.csrf, Member)
        .join(Member, (Member.tenant_id == SignIn.tenant_id) & (Member.id == SignIn.member_id))
        .where(SignIn.token_hash == hashed(token), SignIn.until > now, Member.left_at.is_(None))
    ).first()
    if row is None:
        return None
    csrf, member = row
    seen = None if member.sees_all_shops else frozenset(_shops_of(session, member.id))
    return Principal(member.id, member.name, Role(member.role), seen, csrf)


def recent_failures(session: Session, who: str, *, now: datetime) -> int:
    since = now - FAILURE_WINDOW
    counted = own(session, func.count(FailedSignIn.id))
    return int(
        session.execute(
            counted.where(FailedSignIn.who == who, FailedSignIn.at > since)
        ).scalar_one()
    )


def password_of(session: Session, member_id: str) -> str:
    """The hash of a member's password."""
    get_member(session, member_id)
    return str(
        session.execute(own(session, Member.password).where(Member.id == member_id)).scalar_one()
    )


def find_by_login(session: Session, login: str) -> tuple[str, str] | None:
    """The id and the password hash of the member with this login."""
    rows = own(session, Member.id, Member.password)
    row = session.execute(
        rows.where(Member.login == login.strip(), Member.left_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None
