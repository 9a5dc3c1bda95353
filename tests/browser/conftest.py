"""A real browser on a real server. Without Chromium these tests are skipped; in CI they fail."""

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import hatch_build
from benchmarks.house import Server, free_port
from diji import team
from diji.foundation import Database
from tests.browser.make import House, Shopfront, Stage, furnish

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    # The widget's frame stays of another origin, but in its page's process: headless, a process of
    # its own is now and then never given the focus, and words typed into it go nowhere.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process",
]


@pytest.fixture(scope="session")
def screen() -> Path:
    """The screen as the wheel carries it, built when one of its files has changed."""
    wanted = hatch_build.fingerprint()
    if not hatch_build.STAMP.exists() or hatch_build.STAMP.read_text() != wanted:
        hatch_build.build()
        hatch_build.STAMP.write_text(wanted)
    return hatch_build.SCREEN


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("no Chromium: python scripts/needs.py installs it")
        pytest.skip("no Chromium (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def house(screen: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """岚里天猫店 and its cast, served by a process of its own."""
    assert screen.exists()
    home = tmp_path_factory.mktemp("house")
    tickets = furnish(home)
    server = Server(home, free_port())
    server.start()
    yield House(server, tickets, team.cookie_of(Database(None, home), "main"))
    server.stop()


@pytest.fixture(scope="session")
def shopfront(house: House) -> Iterator[Shopfront]:
    """A shop's own page somewhere else, with the widget's one line on it."""
    page = Shopfront.page_for(house.address).encode()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Silence is enough."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Shopfront(f"http://localhost:{server.server_address[1]}/")
        server.shutdown()


@pytest.fixture
def stage(browser: Browser, house: House, shopfront: Shopfront) -> Iterator[Stage]:
    """Everybody's windows; when the curtain falls, none may have broken a policy or thrown an error."""
    opened = Stage(browser, house, shopfront)
    yield opened
    opened.close()
    assert opened.trouble == []
