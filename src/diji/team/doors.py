"""Who stands at a route: every route names its roles here, and a test walks them all."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from diji.foundation import Actor, Database, NotAllowed, NotSignedIn, Store, Warehouse

from .queries import find_principal
from .rules import Principal, Role

OWNER = "owner"  # who can read the secret in DIJI_HOME passes every door
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and the store bound to what they may see."""

    principal: Principal
    store: Store


def store_of(connection: HTTPConnection) -> Store:
    """The installation's own store, bound to its tenant and to nobody in particular."""
    warehouse: Warehouse = connection.app.state.warehouse
    return warehouse.of(connection.app.state.tenant_id)


def cookie_of(database: Database, tenant_id: str) -> str:
    """The session cookie's name, of one installation alone: a browser keeps one jar for all ports of a host.

    Processes that share a PostgreSQL database share the name, so that any of them may answer.
    """
    place = database.path if database.is_sqlite else database.writer.url.render_as_string()
    return _cookie(place, tenant_id)


@lru_cache(maxsize=16)
def _cookie(place: Path | str, tenant_id: str) -> str:
    where = place.resolve() if isinstance(place, Path) else place
    return f"diji_session_{hashlib.sha256(f'{where} {tenant_id}'.encode()).hexdigest()[:8]}"


def cookie_at(connection: HTTPConnection) -> str:
    state = connection.app.state
    return cookie_of(state.warehouse.database, state.tenant_id)


async def who_asks(connection: HTTPConnection) -> Principal | None:
    """The member behind the cookie, or the owner of DIJI_HOME behind its secret."""
    bearer = connection.headers.get("authorization", "").removeprefix("Bearer ")
    if bearer and secrets.compare_digest(bearer.encode(), connection.app.state.door_token.encode()):
        return Principal(OWNER, "命令行", Role.ADMIN, None, csrf="")
    token = connection.cookies.get(cookie_at(connection))
    if not token:
        return None
    return await store_of(connection).read(find_principal, token, now=datetime.now(UTC))


def actor_of(principal: Principal) -> Actor:
    return Actor("member", principal.member_id, principal.role.value, principal.shops)


class May:
    """A dependency that lets only these roles pass, and no forged request."""

    def __init__(self, roles: frozenset[Role]) -> None:
        self.roles = roles

    async def __call__(self, request: Request) -> Asker:
        principal = await who_asks(request)
        if principal is None:
            raise NotSignedIn("请先登录", "Sign in first")
        if request.method not in _SAFE and principal.csrf:
            sent = request.headers.get("x-csrf-token", "")
            if not secrets.compare_digest(sent.encode(), principal.csrf.encode()):
                raise NotAllowed("页面已过期，请刷新后重试", "This page is stale; reload it")
        if principal.role not in self.roles and principal.member_id != OWNER:
            raise NotAllowed("您的角色没有这个权限", "Your role does not allow this")
        return Asker(principal, store_of(request).of(actor_of(principal)))


def may(roles: frozenset[Role]) -> Any:
    return Depends(May(roles))


async def _anyone() -> None:  # async: a plain function would cost a thread's turn
    """Marks a route that needs no sign-in."""


anyone = Depends(_anyone)
