"""Answers: refusals in the reader's language, never a stack trace, nothing too large."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import Field
from sqlalchemy.exc import DataError

from diji.foundation import (
    BodyLimit,
    Conflict,
    NotFound,
    Shape,
    TooOften,
    Unavailable,
    answer_problems,
)
from diji.foundation.http import LARGEST_BODY, LARGEST_UPLOAD

EN = {"Accept-Language": "en-US,en;q=0.9,zh;q=0.5"}
ZH = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


class Words(Shape):
    how_many: int = Field(ge=1)


RAISES: dict[str, Exception] = {
    "missing": NotFound("没有这条", "There is no such thing", thing="t1"),
    "late": Conflict("来晚了", "Too late"),
    "often": TooOften("太频繁", "Too often", retry_after=7),
    "away": Unavailable("存不了", "Cannot store"),
    "ours": RuntimeError("密码是 sesame"),
    "nul": DataError("x", {}, ValueError("NUL")),
    "large": OverflowError("int too large"),
}


@pytest.fixture
async def asked() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    answer_problems(app)

    @app.get("/raise/{which}")
    async def broken(which: str) -> None:
        raise RAISES[which]

    @app.post("/words")
    async def words(said: Words) -> int:
        return said.how_many

    @app.post("/count")
    @app.post("/up/count")
    async def count(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit, uploads=re.compile("^/up/"))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://diji.test") as client:
        yield client


@pytest.mark.parametrize(
    ("which", "status", "zh", "en"),
    [
        ("missing", 404, "没有这条", "There is no such thing"),
        ("late", 409, "来晚了", "Too late"),
        ("often", 429, "太频繁", "Too often"),
        ("away", 503, "存不了", "Cannot store"),
    ],
)
async def test_a_refusal_is_answered_in_the_readers_language(
    asked: httpx.AsyncClient, which: str, status: int, zh: str, en: str
) -> None:
    for headers, words in ((ZH, zh), (EN, en), ({}, zh)):
        answer = await asked.get(f"/raise/{which}", headers=headers)
        assert answer.status_code == status
        assert answer.json()["message"] == words


async def test_who_is_told_to_come_back_is_told_when(asked: httpx.AsyncClient) -> None:
    assert (await asked.get("/raise/often")).headers["retry-after"] == "7"
    assert (await asked.get("/raise/away")).headers["retry-after"] == "5"
    assert "retry-after" not in (await asked.get("/raise/late")).headers


async def test_details_help_the_screen(asked: httpx.AsyncClient) -> None:
    assert (await asked.get("/raise/missing")).json()["details"] == {"thing": "t1"}


@pytest.mark.parametrize("headers", [ZH, EN])
async def test_our_own_fault_has_a_mark_and_tells_nothing_else(
    asked: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await asked.get("/raise/ours", headers=headers)
    assert answer.status_code == 500
    said = answer.json()
    assert len(said["details"]["mark"]) == 8
    assert said["details"]["mark"] in said["message"]
    assert "sesame" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("which", ["nul", "large"])
async def test_what_a_database_cannot_hold_is_no_fault_of_ours(
    asked: httpx.AsyncClient, which: str
) -> None:
    assert (await asked.get(f"/raise/{which}", headers=ZH)).status_code == 422


BAD_BODIES: list[Any] = [
    b"",
    b"{",
    b"[" * 100_000,
    b'{"howMany":' * 50_000,
    b"\xff\xfe\x00",
    "数量".encode("gbk"),
    b'{"howMany": ' + b"9" * 5000 + b"}",
    b'{"howMany": "\\ud800"}',
    b'{"howMany": 0}',
    b"null",
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
async def test_a_body_that_makes_no_sense_is_refused_clearly(
    asked: httpx.AsyncClient, body: bytes
) -> None:
    headers = {**ZH, "Content-Type": "application/json"}
    answer = await asked.post("/words", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["message"]
    assert "Traceback" not in answer.text


async def test_a_field_that_does_not_fit_is_named(asked: httpx.AsyncClient) -> None:
    answer = await asked.post("/words", json={"howMany": 0}, headers=ZH)
    assert answer.json()["details"]["fields"] == ["howMany"]
    assert "howMany" in answer.json()["message"]


async def test_a_body_over_the_limit_is_refused_by_its_declared_length(
    asked: httpx.AsyncClient,
) -> None:
    answer = await asked.post("/count", content=b"x" * (LARGEST_BODY + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert (await asked.post("/count", content=b"x" * LARGEST_BODY)).json() == LARGEST_BODY


async def test_a_body_in_chunks_without_a_length_is_cut_off_at_the_limit(
    asked: httpx.AsyncClient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 100_000
            yield b"x" * 100_000

    answer = await asked.post("/count", content=endless())
    assert answer.status_code == 413
    assert sent <= LARGEST_BODY + 200_000, "it stopped reading"


async def test_a_length_that_lies_does_not_get_more_through(asked: httpx.AsyncClient) -> None:
    async def more() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    answer = await asked.post("/count", content=more(), headers={"Content-Length": "10"})
    assert answer.status_code == 413
    wrong = await asked.post("/count", content=b"x", headers={"Content-Length": "-5"})
    assert wrong.status_code == 413


async def test_uploads_may_be_larger_where_they_are_expected(asked: httpx.AsyncClient) -> None:
    assert LARGEST_UPLOAD > 2 * LARGEST_BODY
    answer = await asked.post("/up/count", content=b"x" * (2 * LARGEST_BODY))
    assert answer.json() == 2 * LARGEST_BODY


async def test_an_address_that_is_not_there_is_answered_in_words(asked: httpx.AsyncClient) -> None:
    assert (await asked.get("/nowhere", headers=ZH)).json()["message"] == "没有这个地址"
    assert (await asked.get("/words", headers=ZH)).status_code == 405
