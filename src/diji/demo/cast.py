"""Who plays: the four shops, the team, and the consumers with their parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from diji import team
from diji.team import Role

from . import world
from .chance import chance, mark

TENANT = "demo"
COMPANY = "岚里生活"
SIMULATED = "simulated"
WIDGET = "widget"


@dataclass(frozen=True, slots=True)
class ShopPart:
    """A shop, how many of the consumers are its own, and the part of the reviews."""

    id: str
    name: str
    colour: str
    consumers: int
    reviews: float


@dataclass(frozen=True, slots=True)
class MemberPart:
    """A member whom a visitor can be with one click; `does` tells the visitor what that means."""

    id: str
    name: str
    role: Role
    group: str
    shops: tuple[str, ...] | None
    does: str


@dataclass(frozen=True, slots=True)
class Consumer:
    """A consumer in a shop; `part` is buyer (with the number of the lines), guest or none."""

    number: int
    id: str
    shop: str
    who: world.Somebody
    buyer: int | None = None
    guest: int | None = None

    @property
    def recipient(self) -> str:
        """How the simulated platform calls this consumer."""
        return f"sim-{self.number:03d}"

    @property
    def user_id(self) -> str:
        """How the shop's own site calls this consumer in the widget."""
        return f"lanli-{self.number:03d}"


SHOPS = (
    ShopPart("tmall", "岚里天猫旗舰店", "#c0362c", 105, 0.35),
    ShopPart("jd", "岚里京东旗舰店", "#b45309", 84, 0.28),
    ShopPart("douyin", "岚里抖音旗舰店", "#334155", 60, 0.2),
    ShopPart("pdd", "岚里拼多多旗舰店", "#9d174d", 51, 0.17),
)

MEMBERS = (
    MemberPart("xiaoli", "小李", Role.AGENT, "天猫京东组", ("tmall", "jd"), "接待天猫、京东的消费者"),
    MemberPart("xiaochen", "小陈", Role.AGENT, "抖音拼多多组", ("douyin", "pdd"), "接待抖音、拼多多的消费者"),
    MemberPart("xiaozhou", "小周", Role.AGENT, "机动组", None, "哪家店忙就去哪家"),
    MemberPart("laozhang", "老张", Role.LEAD, "管理", None, "看全局、定规则、接最难的"),
    MemberPart("amin", "阿敏", Role.TRAINER, "训练", None, "写知识、教机器、看评价"),
    MemberPart("admin", "管理员", Role.ADMIN, "管理", None, "管人员、店铺和接口"),
)  # fmt: skip

GUESTS_OF_A_SHOP = 3  # seeded consumers whom a visitor of the widget can be


def open_company(session: Session, password_hash: str, *, now: datetime) -> None:
    """Company, shops and team in one go; done twice it stays as it was."""
    if team.is_set_up(session):
        return
    team.set_up(session, company=COMPANY, now=now)
    for shop in SHOPS:
        team.add_shop(
            session, shop_id=shop.id, name=shop.name, platform=shop.id, colour=shop.colour
        )
    for member in MEMBERS:
        team.add_member(
            session, member_id=member.id, login=member.id, name=member.name, role=member.role,
            group=member.group, shops=member.shops, password_hash=password_hash,
        )  # fmt: skip


@lru_cache(maxsize=1)
def consumers() -> tuple[Consumer, ...]:
    """Everybody, with a shop of their own; each buyer's lines are spoken by one of them."""
    somebody = list(world.people())
    chance("consumers").shuffle(somebody)
    numbered = iter(enumerate(somebody))
    return tuple(c for shop in SHOPS for c in _consumers_of(shop, numbered))


def _consumers_of(shop: ShopPart, numbered: Iterator[tuple[int, world.Somebody]]) -> list[Consumer]:
    buyers = [buyer.number for buyer in world.buyers() if buyer.shop == shop.id]
    found = []
    for place in range(shop.consumers):
        number, who = next(numbered)
        turn = place - GUESTS_OF_A_SHOP
        found.append(
            Consumer(
                number, mark(f"consumer:{number}"), shop.id, who,
                buyer=buyers[turn] if 0 <= turn < len(buyers) else None,
                guest=place if place < GUESTS_OF_A_SHOP else None,
            )
        )  # fmt: skip
    return found


def consumer_rows(born: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The consumers as their room keeps them, and how the channels call them."""
    rows, identities = [], []
    for c in consumers():
        dice = chance(f"consumer:{c.number}")
        place = c.who.city if c.who.city == c.who.province else f"{c.who.province}{c.who.city}"
        rows.append(
            {
                "id": c.id, "shop_id": c.shop, "name": c.who.nick, "place": place,
                "tags": dice.choice([[], [], ["老客"], ["会员"], ["会员", "老客"]]),
                "remark": f"在意：{c.who.taste}" if dice.random() < 0.6 else "",  # noqa: PLR2004
                "first_seen_at": born - timedelta(days=dice.uniform(121, 700)),
                "last_seen_at": born - timedelta(days=dice.uniform(0.2, 60)),
            }
        )  # fmt: skip
        for channel, external_id in ((SIMULATED, c.recipient), (WIDGET, c.user_id)):
            key = {"shop_id": c.shop, "channel": channel, "external_id": external_id}
            identities.append({**key, "consumer_id": c.id})
    return rows, identities
