"""Who may do what."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


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
MOST_FAILURES = 8  # wrong passwords for one name within the window
MOST_FAILURES_OF_ADDRESS = 40  # a whole office comes from one address
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


def too_many_failures(who: str, failures: int) -> bool:
    most = MOST_FAILURES_OF_ADDRESS if who.startswith("address:") else MOST_FAILURES
    return failures >= most
