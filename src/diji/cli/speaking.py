"""How a command speaks to an installation: to the process that owns it, or, when none runs, to its own."""

import contextlib
from collections.abc import AsyncIterator

import httpx

from diji.app import House, build_app
from diji.foundation import Invalid, Settings, door_of

from .running import opened

PATIENCE = 600.0  # seconds


@contextlib.asynccontextmanager
async def speaking(settings: Settings, tenant_id: str) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client with the owner's rights; the same routes answer either way."""
    home = settings.home
    if door := door_of(home):
        bearer = {"Authorization": f"Bearer {door.token}"}
        async with httpx.AsyncClient(
            base_url=door.address, headers=bearer, timeout=PATIENCE, trust_env=False
        ) as client:
            yield client
        return
    if not home.exists():
        raise Invalid(
            f"{home} 里还没有店铺：先运行 diji serve 或 diji demo",
            f"there is no shop in {home} yet: run diji serve or diji demo first",
        )
    with opened(settings, tenant_id) as house:
        app = build_app(House(house.warehouse, tenant_id, house.door.token))
        bearer = {"Authorization": f"Bearer {house.door.token}"}
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=transport, base_url="http://diji", headers=bearer, timeout=PATIENCE
            ) as client,
        ):
            yield client


def answered(response: httpx.Response) -> httpx.Response:
    """The answer, or its refusal in words."""
    if response.is_success:
        return response
    try:
        words = response.json()["message"]
    except (ValueError, KeyError, TypeError):
        words = f"HTTP {response.status_code}"
    raise Invalid(words, words)
