"""`diji backup` and `diji restore` while consumers write and screens are open."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from websockets.asyncio.client import connect

from diji import team
from diji.foundation import Database
from tests.cli.conftest import Call
from tests.cli.make import TENANT, Said, Serving, furnish, run, serving

WRITERS = 16
MOST_EACH = 18  # as many as one consumer may say at once


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, list[str], str]]:
    home = tmp_path_factory.mktemp("shop") / "home"
    tokens, cookie = furnish(home, visitors=WRITERS)
    with serving(home) as diji:
        yield diji, tokens, cookie


class Writers:
    """Consumers who all write at once; `said` holds what was acknowledged, `answers` every status."""

    def __init__(self, diji: Serving, tokens: list[str], *, pause: float) -> None:
        self.said: list[str] = []
        self.answers: set[int] = set()
        self._diji = diji
        self._tokens = tokens
        self._pause = pause
        self._enough = asyncio.Event()

    async def _write(self, client: httpx.AsyncClient, number: int) -> None:
        for i in range(MOST_EACH):
            key = f"writer-{number}-{i}"
            while not self._enough.is_set():
                body = {"text": key, "clientId": key}
                headers = {"X-Diji-Visitor": self._tokens[number]}
                try:
                    answer = await client.post("/api/widget/messages", json=body, headers=headers)
                except httpx.TransportError:  # as a widget does: the same words again
                    continue
                self.answers.add(answer.status_code)
                if answer.status_code == 201:
                    self.said.append(key)
                    break
            if self._enough.is_set():
                return
            await asyncio.sleep(self._pause)

    @asynccontextmanager
    async def at_work(self) -> Any:
        async with (
            httpx.AsyncClient(base_url=self._diji.url, timeout=20, trust_env=False) as client,
            asyncio.TaskGroup() as group,
        ):
            for number in range(len(self._tokens)):
                group.create_task(self._write(client, number))
            yield
            self._enough.set()


async def until(holds: Any) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@contextmanager
def tables(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "diji.sqlite3")) as connection:
        yield connection


def words_in(home: Path) -> set[str]:
    with tables(home) as connection:
        rows = connection.execute("SELECT text FROM messages WHERE author = 'consumer'")
        return {row[0] for row in rows}


def assert_nothing_is_torn(home: Path) -> None:
    with tables(home) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        told = connection.execute("SELECT body FROM ledger WHERE name = 'consumer.spoke'")
        events = sorted(json.loads(row[0])["message_id"] for row in told)
        held = connection.execute("SELECT id FROM messages WHERE author = 'consumer' ORDER BY id")
        assert events == [row[0] for row in held]


async def test_what_was_acknowledged_before_the_backup_comes_back_while_everybody_writes(
    furnished: tuple[Serving, list[str], str], tmp_path: Path
) -> None:
    diji, tokens, cookie = furnished
    copy = tmp_path / "copy.tar.gz"
    writers = Writers(diji, tokens[: WRITERS // 2], pause=0.08)
    async with writers.at_work():
        await until(lambda: len(writers.said) > 40)
        before = set(writers.said)
        saved = await asyncio.to_thread(run, diji.home, "backup", copy, port=diji.port)
        assert saved.code == 0, saved.err
    position = await newest(diji, cookie)
    late = Writers(diji, tokens[WRITERS // 2 :], pause=0.4)
    async with late.at_work():
        await until(lambda: len(late.said) > 20)
        told = await asyncio.to_thread(run, diji.home, "restore", copy, "--replace", port=diji.port)
        restored_at = len(late.said)
        await until(lambda: len(late.said) > restored_at + 16)
    assert told.code == 0, told.err
    assert "restored" in told.out
    assert late.answers <= {201, 429, 503}, "nobody is told that something broke"
    assert await resyncs(diji, cookie, position), "an open screen asks anew"
    assert diji.stop() == 0
    kept = words_in(diji.home)
    assert before <= kept
    assert set(late.said[restored_at + WRITERS :]) <= kept, "what was said after it is kept as ever"
    assert_nothing_is_torn(diji.home)
    assert "Traceback" not in diji.logged()
    left = {path.name for path in diji.home.iterdir()}
    assert left <= {"diji.sqlite3", "files", "lock"}


async def newest(diji: Serving, cookie: str) -> int:
    frames = await feed(diji, cookie, None)
    return int(frames[-1]["position"])


async def resyncs(diji: Serving, cookie: str, position: int) -> bool:
    return {"type": "resync"} in await feed(diji, cookie, position)


async def feed(diji: Serving, cookie: str, after: int | None) -> list[dict[str, Any]]:
    """What a desk hears before it is live."""
    headers = {"Cookie": f"{team.cookie_of(Database(None, diji.home), TENANT)}={cookie}"}
    address = f"ws://127.0.0.1:{diji.port}/api/feed"
    async with (
        asyncio.timeout(10),
        connect(address, additional_headers=headers, proxy=None) as line,
    ):
        await line.send(json.dumps({"after": after}))
        frames: list[dict[str, Any]] = []
        while not any(frame["type"] == "hello" for frame in frames):
            said = await line.recv(decode=False)
            frames += [orjson.loads(one) for one in said.split(b"\n")]
        return frames


def test_who_came_after_the_backup_is_a_stranger_and_old_knowledge_answers(tmp_path: Path) -> None:
    """What the process kept in mind of the replaced data must not serve on."""
    home, copy = tmp_path / "home", tmp_path / "copy.tar.gz"
    furnish(home)
    with serving(home) as diji, httpx.Client(base_url=diji.url, trust_env=False) as http:
        owner = {"Authorization": f"Bearer {json.loads((home / 'lock').read_text())['token']}"}
        know(http, owner, "包邮", "满59元包邮")
        assert find(http, owner) == ["满59元包邮"]
        assert run(home, "backup", copy).code == 0
        token = http.post("/api/widget/tmall/visit", json={}).json()["token"]
        visitor = {"X-Diji-Visitor": token}
        assert http.get("/api/widget/thread", headers=visitor).status_code == 200
        know(http, owner, "满多少包邮", "全场包邮")
        know(http, owner, "包不包邮", "都包邮")
        assert len(find(http, owner)) == 3
        assert run(home, "restore", copy, "--replace").code == 0
        assert http.get("/api/widget/thread", headers=visitor).status_code == 401
        assert find(http, owner) == ["满59元包邮"]
        know(http, owner, "包邮吗", "满99元包邮")
        assert sorted(find(http, owner)) == ["满59元包邮", "满99元包邮"]


def know(http: httpx.Client, owner: dict[str, str], title: str, reply: str) -> None:
    body = {
        "kind": "article",
        "title": title,
        "questions": [f"{title}吗"],
        "body": reply,
        "reply": reply,
    }
    answer = http.post("/api/knowledge/articles", json=body, headers=owner)
    assert answer.status_code in {200, 201}, answer.text


def find(http: httpx.Client, owner: dict[str, str]) -> list[str]:
    asked = {"q": "包邮吗", "text": "包邮吗", "words": "包邮吗", "limit": "9"}
    answer = http.get("/api/knowledge/search", params=asked, headers=owner)
    assert answer.status_code == 200, answer.text
    return [hit["article"]["reply"] if "article" in hit else hit["reply"] for hit in answer.json()]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("copied")
    furnish(folder / "home")
    assert run(folder / "home", "backup", folder / "copy.tar.gz").code == 0
    return folder / "home", folder / "copy.tar.gz"


def refused(said: Said, *words: str) -> bool:
    assert said.code == 1, said
    assert "Traceback" not in said.err
    return all(word in said.err for word in words)


def test_a_backup_comes_back_into_an_empty_home(
    diji: Call, copied: tuple[Path, Path], tmp_path: Path
) -> None:
    said = diji("restore", copied[1], home=tmp_path / "deep" / "fresh")
    assert said.code == 0, said.err
    with tables(tmp_path / "deep" / "fresh") as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone()[0] == 5
    assert oct((tmp_path / "deep" / "fresh").stat().st_mode & 0o777) == "0o700"


def test_data_are_kept_unless_replacing_is_asked_for(diji: Call, copied: tuple[Path, Path]) -> None:
    home, copy = copied
    assert refused(diji("restore", copy, home=home), "已有数据", "--replace")
    assert diji("restore", copy, "--replace", home=home).code == 0


def test_what_is_no_backup_is_refused_in_words(
    diji: Call, copied: tuple[Path, Path], tmp_path: Path
) -> None:
    home, copy = copied
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "half.tar.gz").write_bytes(copy.read_bytes()[:3000])
    for wrong in ("picture.png", "half.tar.gz", "nowhere.tar.gz", "."):
        assert refused(
            diji("restore", tmp_path / wrong, "--replace", home=home),
            wrong if wrong != "." else "备份",
        )
    assert sorted(path.name for path in home.iterdir()) == ["diji.sqlite3", "files", "lock"]


def test_a_shops_backup_is_none_of_the_demo_and_none_of_postgresql(
    diji: Call, copied: tuple[Path, Path], tmp_path: Path
) -> None:
    assert refused(diji("restore", "--demo", copied[1], home=tmp_path / "new"), "--demo")
    assert diji("backup", tmp_path / "b", home=tmp_path / "new").code == 1


def test_a_backup_that_cannot_be_written_is_refused_in_words(
    diji: Call, copied: tuple[Path, Path]
) -> None:
    assert refused(
        diji("backup", "/nowhere/at/all.tar.gz", home=copied[0]), "/nowhere/at/all.tar.gz"
    )


def test_a_restore_while_another_command_works_changes_nothing(
    diji: Call, copied: tuple[Path, Path]
) -> None:
    from diji.foundation import Home

    working = Home(copied[0])
    working.hold("http://127.0.0.1:9")
    before = time.monotonic()
    assert refused(diji("restore", copied[1], "--replace", home=copied[0]), "nothing was changed")
    assert time.monotonic() - before < 10
    working.release()
    assert not (copied[0] / "restore.pending").exists()
