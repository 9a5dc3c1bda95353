"""A live screen ends with the session, and opens only from our own pages."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from websockets.exceptions import ConnectionClosed

from diji.foundation import own_delete, run
from diji.team.models import SignIn
from tests.app.serving import Served, serving

NOT_SIGNED_IN, BAD_ORIGIN = 4401, 4403


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(Path(tmp_path_factory.mktemp("served")), run_worker=False) as diji:
        yield diji


def end_sessions(session: Session, member_id: str) -> None:
    run(session, own_delete(session, SignIn).where(SignIn.member_id == member_id))


async def closed_with(served: Served, **headers: str) -> int:
    async with served.socket("/api/feed", headers) as talk:
        with pytest.raises(ConnectionClosed) as closed:
            await talk.hears()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


async def test_a_screen_of_a_revoked_member_goes_dark_within_six_seconds(served: Served) -> None:
    li = await served.member("xiaoli")
    async with served.desk(li) as talk:
        await served.store.write(end_sessions, "xiaoli")
        begun = time.monotonic()
        async with asyncio.timeout(8):
            with pytest.raises(ConnectionClosed) as closed:
                await talk.hears(lambda _: False)  # until it ends
    assert time.monotonic() - begun <= 6
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == NOT_SIGNED_IN


async def test_a_screen_without_a_session_gets_nothing(served: Served) -> None:
    li = await served.member("xiaoli")
    assert await closed_with(served) == NOT_SIGNED_IN
    assert await closed_with(served, Cookie=f"{li.name}=made-up") == NOT_SIGNED_IN


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1", "null"])
async def test_another_sites_page_cannot_listen_with_our_cookie(
    served: Served, origin: str
) -> None:
    li = await served.member("xiaoli")
    assert await closed_with(served, Cookie=li.headers["Cookie"], Origin=origin) == BAD_ORIGIN


async def test_our_own_page_may_listen(served: Served) -> None:
    li = await served.member("xiaoli")
    headers = {**li.headers, "Origin": served.url}
    async with served.socket("/api/feed", headers) as talk:
        await talk.says(after=None)
        assert (await talk.hears())["type"] == "hello"
