"""Who may do what."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address


class Role(StrEnum):
    """What a member is in the team."""

    AGENT = "agent"
    LEAD = "lead"
    TRAINER = "trainer"
    ADMIN = "admin"


EVERYONE = frozenset(Role)
LEADS = frozenset({Role.LEAD, Role.ADMIN})
TRAINERS = frozenset({Role.TRAINER, Role.LEAD, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
NOBODY = frozenset[Role]()  # only the command line of the installation's owner

PLATFORMS = ("tmall", "taobao", "jd", "douyin", "pdd", "kuaishou", "xiaohongshu", "weixin", "own")

SESSION_LASTS = timedelta(hours=14)
SHORTEST_PASSWORD = 10
MOST_FAILURES = 8  # wrong passwords for one name from one address within the window
MOST_FAILURES_OF_ADDRESS = 40  # a whole office comes from one address
MOST_FAILURES_OF_LOGIN = (
    200  # from everywhere: so many that no single stranger keeps the member out
)
FAILURE_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a signed-in member, with the shops that they may see (None: all)."""

    member_id: str
    name: str
    role: Role
    shops: frozenset[str] | None
    csrf: str


def good_password(password: str, login: str) -> bool:
    """Long, and not the name again; no other rule makes passwords better."""
    return len(password) >= SHORTEST_PASSWORD and login.lower() not in password.lower()


def sees_no_more(shops: Collection[str] | None, seen: Collection[str] | None) -> bool:
    """Whether who sees `shops` sees nothing that lies outside `seen`; None means every shop."""
    return seen is None or (shops is not None and set(shops) <= set(seen))


def who_tries(login: str, address: str) -> tuple[str, str, str]:
    """The names under which a try to sign in counts: this login from this address, each of them alone."""
    name, place = login.strip().lower(), _place(address)
    both = hashlib.sha256(f"{place} {name}".encode()).hexdigest()
    return f"both:{both}", f"address:{place}", f"login:{name}"


def _place(address: str) -> str:
    """An address as it counts: of IPv6 its first half, for whoever has one has all with the same half."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


_MOST = {"address": MOST_FAILURES_OF_ADDRESS, "login": MOST_FAILURES_OF_LOGIN}


def too_many_failures(who: str, failures: int) -> bool:
    return failures >= _MOST.get(who.partition(":")[0], MOST_FAILURES)
