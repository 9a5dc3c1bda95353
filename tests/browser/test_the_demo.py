"""`diji demo`: in with one click, and somebody speaks."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.house import Server, free_port
from tests.browser.make import DESK, Stage


@pytest.fixture
def demo(screen: Path, tmp_path: Path) -> Iterator[str]:
    assert screen.exists()
    server = Server(tmp_path, free_port(), "demo")
    assert server.start() < 30
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def test_one_click_opens_a_desk_where_a_buyer_speaks_within_half_a_minute(
    stage: Stage, demo: str
) -> None:
    page = stage.context(DESK).new_page()
    heard = spoken(page)
    page.goto(demo)
    page.get_by_role("button", name="小周").click()
    page.get_by_role("tab", name="全部").wait_for()
    until = time.monotonic() + 30
    while not heard and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert heard, "nobody spoke"
    conversation_id, words = heard[0]
    page.locator(f"#row-{conversation_id}").click()
    expect(page.get_by_role("log")).to_contain_text(words)
    expect(page.get_by_role("article").first).to_be_visible()


def spoken(page: Page) -> list[tuple[str, str]]:
    """What consumers say from now on, as the live feed brings it."""
    heard: list[tuple[str, str]] = []

    def listen(frame: str | bytes) -> None:
        for line in str(frame).split("\n"):
            told = json.loads(line)
            if told.get("name") == "consumer.spoke":
                event = told["event"]
                heard.append((event["conversationId"], event["message"]["text"]))

    page.on("websocket", lambda socket: socket.on("framereceived", listen))
    return heard
