"""Whatever is sent: a clear answer, never a 5xx, and nothing else is harmed."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from diji import conversations
from diji.conversations import widget_api
from tests.app.serving import Served
from tests.make import SHOP

DEEP = 100_000
SAY = "/api/widget/messages"
CHINESE = {"Accept-Language": "zh-CN"}
ENGLISH = {"Accept-Language": "en-GB"}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here is not how often one may ask."""
    for limit in (widget_api._VISITS, widget_api._MESSAGES, widget_api._PICTURES):  # noqa: SLF001
        monkeypatch.setattr(limit, "take", lambda *_: None)


@pytest.fixture
async def web(standing: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with standing.http as http:
        yield http


@pytest.fixture
async def visitor(standing: Served) -> dict[str, str]:
    _, token = await standing.visitor()
    return {"X-Diji-Visitor": token}


@pytest.fixture
async def lead(standing: Served) -> dict[str, str]:
    return (await standing.member("lao_zhang")).headers


def is_clear(answer: httpx.Response) -> bool:
    """Refused in words, not broken."""
    body = answer.json()
    return 400 <= answer.status_code < 500 and bool(body["code"]) and bool(body["message"])


def deep(opening: str = "[", closing: str = "]") -> bytes:
    return (opening * DEEP + closing * DEEP).encode()


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"hello",
    "half a json": b'{"text": "',
    "a deep list": deep(),
    "a deep object": deep('{"a":', "}")[: DEEP * 5] + b"1" + b"}" * DEEP,
    "a deep text": b'{"clientId":"12345678","text":' + deep() + b"}",
    "binary": bytes(range(256)) * 4,
    "gbk": '{"text":"你好","clientId":"12345678"}'.encode("gbk"),
    "utf-16": '{"text":"你好"}'.encode("utf-16-le"),
    "broken utf-8": b'{"text":"\xff\xfe\xc3\x28","clientId":"12345678"}',
    "null": b"null",
    "a number": b"1e999",
    "a list": b"[]",
    "wrong types": b'{"text":{"a":1},"clientId":[1]}',
    "nothing said": b'{"text":"","clientId":"12345678"}',
    "no client id": b'{"text":"hello"}',
    "a huge number": b'{"text":"x","clientId":' + b"9" * 5000 + b"}",
    "a book": orjson.dumps({"text": "字" * 19_000, "clientId": "12345678"}),
    "pictures that are none": b'{"attachments":["x"],"text":"x","clientId":"12345678"}',
    "many pictures": orjson.dumps({"attachments": ["x"] * 50_000, "clientId": "12345678"}),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_a_body_that_makes_no_sense_is_refused_in_words(
    web: httpx.AsyncClient, visitor: dict[str, str], body: bytes
) -> None:
    answer = await web.post(
        SAY, content=body, headers=visitor | {"Content-Type": "application/json"}
    )
    assert is_clear(answer), answer.text


@pytest.mark.parametrize("path", ["/api/sign-in", "/api/set-up", f"/api/widget/{SHOP}/visit"])
@pytest.mark.parametrize("name", ["a deep list", "binary", "wrong types", "null", "utf-16"])
async def test_every_open_door_refuses_it_too(web: httpx.AsyncClient, path: str, name: str) -> None:
    answer = await web.post(path, content=BODIES[name])
    assert 200 <= answer.status_code < 500, answer.text


NO_FILE = ["/%00", "/assets/%00", "/a%00b.js", f"/{'x' * 300}", f"/{'长' * 100}", "/x" * 3000]


@pytest.mark.parametrize("path", NO_FILE)
async def test_a_name_that_no_file_can_have_is_no_file(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    page = await web.get(path, headers={"Accept": "text/html"})
    assert page.status_code == (404 if path.startswith("/assets/") else 200)


@pytest.mark.parametrize(("headers", "words"), [(CHINESE, "消息是空的"), (ENGLISH, "is empty")])
async def test_a_refusal_speaks_the_askers_language(
    web: httpx.AsyncClient, visitor: dict[str, str], headers: dict[str, str], words: str
) -> None:
    said = {"text": " ", "clientId": "12345678"}
    answer = await web.post(SAY, json=said, headers=visitor | headers)
    assert words in answer.json()["message"]


async def test_ten_megabytes_are_refused_whether_announced_or_not(
    web: httpx.AsyncClient, visitor: dict[str, str]
) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"x" * 65_536

    for body in (b"x" * 10_000_000, in_pieces()):
        try:
            answer = await web.post(SAY, content=body, headers=visitor)
            assert answer.status_code == 413
            assert "MB" in answer.json()["message"]
        except (httpx.WriteError, httpx.ReadError):
            pass  # the line was cut before all of it had come
    assert (await web.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"<svg onload=alert(1)>", bytes(range(256)) * 1000]
)
async def test_a_file_that_is_no_picture_is_refused(
    web: httpx.AsyncClient, visitor: dict[str, str], content: bytes
) -> None:
    file = {"file": ("../../\u202egnp.exe", content, "image/png")}
    assert is_clear(await web.post("/api/widget/files", files=file, headers=visitor))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"file=1", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
async def test_an_upload_without_a_file_is_refused(
    web: httpx.AsyncClient, visitor: dict[str, str], body: bytes, kind: str
) -> None:
    headers = visitor | {"Content-Type": kind}
    assert is_clear(await web.post("/api/widget/files", content=body, headers=headers))


@pytest.mark.parametrize("token", ["", "made-up", "x" * 5000, "%00", "\xff\xfe", "' OR 1=1 --"])
async def test_a_bad_token_is_nobody(web: httpx.AsyncClient, standing: Served, token: str) -> None:
    said = {"text": "你好", "clientId": "12345678"}
    headers = [(b"X-Diji-Visitor", token.encode("latin-1"))]
    answer = await web.post(SAY, json=said, headers=headers)
    assert answer.status_code == 401
    name = (await standing.member("lao_zhang")).name
    cookie = [(b"Cookie", f"{name}={token}".encode("latin-1"))]
    assert (await web.get("/api/me", headers=cookie)).status_code == 401


@pytest.mark.parametrize(
    "name", ["nothing", "%00", "%ff", "..%2f..%2fetc%2fpasswd", "a" * 3000, "🙂", "'%3B--"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/api/conversations/{}",
        "/api/conversations/{}/messages",
        "/api/conversations/{}/suggestions",
        "/api/consumers/{}",
        "/api/orders/{}",
        "/api/products/{}",
        "/api/files/{}",
        "/api/knowledge/articles/{}",
    ],
)
async def test_an_unknown_id_is_not_found(
    web: httpx.AsyncClient, lead: dict[str, str], path: str, name: str
) -> None:
    answer = await web.get(path.format(name), headers=lead)
    assert answer.status_code == 404, answer.text


ODD = ["-1", "0", "9" * 30, "-" + "9" * 30, "1.5", "NaN", "%00", "％", "", "💥"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "path",
    [
        "/api/conversations?q={}",
        "/api/conversations?tab={}",
        "/api/conversations/{where}/messages?before={}",
        "/api/conversations/{where}/messages?after={}",
        "/api/conversations/{where}/messages?limit={}",
        "/api/consumers?q={}",
        "/api/consumers?offset={}",
        "/api/knowledge/articles?offset={}",
        "/api/knowledge/articles?q={}&limit={}",
        "/api/knowledge/search?q={}&limit={}",
        "/api/products?q={}",
        "/api/strategy?shop={}",
    ],
)
async def test_an_odd_question_gets_an_answer_or_a_refusal(
    web: httpx.AsyncClient,
    lead: dict[str, str],
    talk: str,
    path: str,
    odd: str,
) -> None:
    asked = path.replace("{where}", talk).replace("{}", odd)
    answer = await web.get(asked, headers=lead)
    assert answer.status_code == 200 or is_clear(answer), answer.text


@pytest.fixture
async def talk(web: httpx.AsyncClient, visitor: dict[str, str]) -> str:
    said = {"text": "你好", "clientId": "12345678"}
    answer = await web.post(SAY, json=said, headers=visitor)
    return str(answer.json()["conversationId"])


@pytest.mark.parametrize("after", ODD)
async def test_an_odd_place_in_the_thread_gets_an_answer(
    web: httpx.AsyncClient, visitor: dict[str, str], after: str
) -> None:
    answer = await web.get(f"/api/widget/thread?after={after}", headers=visitor)
    assert answer.status_code == 200 or is_clear(answer), answer.text


LEADS_BODIES: list[tuple[str, str, Any]] = [
    ("PATCH", "/api/consumers/{who}", {}),
    ("PATCH", "/api/consumers/{who}", {"remark": "x" * 100_000, "tags": ["长" * 999] * 999}),
    ("PATCH", "/api/consumers/{who}", {"remark": "\x00\ud800"}),
    ("PUT", "/api/strategy", {"mode": "auto"}),
    ("PUT", "/api/strategy?shop=nowhere", {"mode": "x"}),
    ("PUT", "/api/me/state", {"state": "💤"}),
    ("POST", "/api/conversations/{where}/read", {"seq": 10**30}),
    ("POST", "/api/conversations/{where}/read", {"seq": -(10**30)}),
    ("POST", "/api/conversations/{where}/release", {"to": "nobody"}),
    ("POST", "/api/conversations/{where}/replies", {"text": "", "clientId": "12345678"}),
    ("POST", "/api/conversations/{where}/notes", {"text": "\x00", "clientId": "12345678"}),
    ("POST", "/api/knowledge/articles", {"title": "", "body": "", "reply": ""}),
    ("POST", "/api/understand", {"text": "\ud83d" * 100}),
    ("POST", "/api/understand", {"text": "急" * 3000 + "🍼‍" * 3000}),
]


@pytest.mark.parametrize(("method", "path", "body"), LEADS_BODIES)
async def test_an_odd_order_of_a_member_is_done_or_refused(
    web: httpx.AsyncClient,
    lead: dict[str, str],
    standing: Served,
    talk: str,
    method: str,
    path: str,
    body: Any,
) -> None:
    view = await standing.store.read(conversations.get_conversation, talk)
    asked = path.format(where=talk, who=view.consumer_id)
    headers = lead | {"Content-Type": "application/json"}
    answer = await web.request(method, asked, content=json.dumps(body), headers=headers)
    assert answer.is_success or is_clear(answer), answer.text


@pytest.mark.parametrize(
    "facts",
    ['{"a":NaN}', '{"a":Infinity}', '{"a":"\\u0000"}', '{"a":' + "[" * 900 + "]" * 900 + "}"],
)
async def test_an_article_with_odd_facts_is_kept_or_refused(
    web: httpx.AsyncClient, lead: dict[str, str], facts: str
) -> None:
    body = f'{{"title":"t","body":"b","reply":"r","facts":{facts}}}'
    headers = lead | {"Content-Type": "application/json"}
    answer = await web.post("/api/knowledge/articles", content=body, headers=headers)
    assert answer.is_success or is_clear(answer), answer.text
    listed = await web.get("/api/knowledge/articles", headers=lead)
    assert listed.status_code == 200


async def test_a_date_before_all_dates_is_kept_or_refused(
    web: httpx.AsyncClient, lead: dict[str, str]
) -> None:
    for moment in ("0001-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00"):
        body = {"title": "t", "body": "b", "reply": "r", "validFrom": moment}
        answer = await web.post("/api/knowledge/articles", json=body, headers=lead)
        assert answer.is_success or is_clear(answer), answer.text


async def test_script_in_a_message_stays_text_in_an_answer_no_browser_would_run(
    web: httpx.AsyncClient, visitor: dict[str, str], lead: dict[str, str]
) -> None:
    script = "<img src=x onerror=alert(1)><script>alert('小王')</script>"
    said = {"text": script, "clientId": "script-1"}
    where = (await web.post(SAY, json=said, headers=visitor)).json()["conversationId"]
    answer = await web.get(f"/api/conversations/{where}/messages", headers=lead)
    assert answer.json()[0]["text"] == script
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_message_sent_many_times_at_once_is_one_message(
    web: httpx.AsyncClient, visitor: dict[str, str]
) -> None:
    said = {"text": "重复点发送", "clientId": "same-key-1"}
    answers = await asyncio.gather(*(web.post(SAY, json=said, headers=visitor) for _ in range(10)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["messageId"] for a in answers}) == 1


async def test_the_clock_of_a_client_is_not_believed(
    web: httpx.AsyncClient, visitor: dict[str, str]
) -> None:
    skewed = {"saidAt": "1999-01-01T00:00:00Z", "now": 0, "seq": -5, "author": "agent"}
    said = {"text": "几点了", "clientId": "clock-0001", **skewed}
    headers = visitor | {"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}
    await web.post(SAY, json=said, headers=headers)
    thread = (await web.get("/api/widget/thread", headers=visitor)).json()
    said_at, author = thread["messages"][0]["saidAt"], thread["messages"][0]["author"]
    assert said_at > "2026"
    assert author == "consumer"


async def test_bytes_that_are_no_http_are_turned_away(standing: Served) -> None:
    place = urlsplit(standing.url)
    for said in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9\r\n\r\n", b"\0" * 5000, b"POST\r\n\r\n"):
        with socket.create_connection((place.hostname, place.port or 0), timeout=2) as line:
            line.sendall(said)
            line.settimeout(0.3)
            try:
                assert b" 5" not in line.recv(1000)[:14]
            except (TimeoutError, ConnectionError):
                continue


texts = st.text(max_size=200)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
bodies = values | st.fixed_dictionaries(
    {}, optional={"text": values, "clientId": values, "attachments": values, "seq": values}
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=bodies, path=st.sampled_from([SAY, "/api/widget/read", f"/api/widget/{SHOP}/visit"]))
def test_no_body_at_all_breaks_the_widgets_door(
    standing: Served, visitor: dict[str, str], body: Any, path: str
) -> None:
    answer = httpx.post(
        f"{standing.url}{path}", content=json.dumps(body), headers=visitor, trust_env=False
    )
    assert answer.is_success or is_clear(answer), answer.text


async def test_after_all_this_the_house_still_answers(
    web: httpx.AsyncClient, visitor: dict[str, str], standing: Served
) -> None:
    said = {"text": "还在吗", "clientId": "still-there"}
    assert (await web.post(SAY, json=said, headers=visitor)).status_code == 201
    try:
        async with standing.socket("/api/widget/socket") as talk:
            await talk.says(token=visitor["X-Diji-Visitor"], after=0)
            thread = await talk.hears()
    except ConnectionClosed:
        pytest.fail("the socket is gone")
    assert thread["messages"][0]["text"] == "还在吗"
