"""What is stored about the team."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diji.foundation import Owned


class Tenant(Owned):
    """A company; everything else belongs to one."""

    __tablename__ = "tenants"

    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]


class Shop(Owned):
    """A shop stands on one platform."""

    __tablename__ = "shops"

    shop_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    platform: Mapped[str] = mapped_column(String(16))
    colour: Mapped[str] = mapped_column(String(9), default="#0f766e")
    widget_key: Mapped[str] = mapped_column(String(64))


class Member(Owned):
    """A person of the team."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("tenant_id", "login"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(8))
    group: Mapped[str | None] = mapped_column(String(40))
    password: Mapped[str] = mapped_column(String(128))
    sees_all_shops: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8), default="offline")
    left_at: Mapped[datetime | None]


class MemberShop(Owned):
    """A member may see a shop."""

    __tablename__ = "member_shops"

    member_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shop_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class SignIn(Owned):
    """A session of a member; the cookie holds its token, the row only the token's hash."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(32))
    csrf: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]


class FailedSignIn(Owned):
    """A wrong password, by name and by address; the rows limit how often one may try."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index("ix_failed_sign_ins_at", "tenant_id", "who", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    who: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
