"""The people and their shops: who they are, what they may see, and how they come in."""

from .actions import Ticket, add_member, add_shop, change_state, set_up, sign_in
from .api import let_in
from .doors import Asker, actor_of, anyone, cookie_of, may, store_of, who_asks
from .passwords import hash_password
from .queries import (
    MemberView,
    ShopView,
    colleagues,
    find_by_login,
    find_principal,
    get_member,
    get_shop,
    has_left,
    is_set_up,
    members,
    shops,
    somebody_serves,
)
from .rules import ADMINS, EVERYONE, LEADS, NOBODY, TRAINERS, Principal, Role

__all__ = [
    "ADMINS",
    "EVERYONE",
    "LEADS",
    "NOBODY",
    "TRAINERS",
    "Asker",
    "MemberView",
    "Principal",
    "Role",
    "ShopView",
    "Ticket",
    "actor_of",
    "add_member",
    "add_shop",
    "anyone",
    "change_state",
    "colleagues",
    "cookie_of",
    "find_by_login",
    "find_principal",
    "get_member",
    "get_shop",
    "has_left",
    "hash_password",
    "is_set_up",
    "let_in",
    "may",
    "members",
    "set_up",
    "shops",
    "sign_in",
    "somebody_serves",
    "store_of",
    "who_asks",
]
