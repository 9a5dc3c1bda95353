"""The desk's first paint in a real browser, and the size of what it loads.

python -m benchmarks.first_paint [--runs 7]
"""

import argparse
import gzip
import re
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from benchmarks.house import Prepared, Server, free_port, load, prepare
from diji.app import SCREEN

PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
CONTROLS = "[role=tab], [role=tablist], nav"
BARE = "<!doctype html><meta charset=utf-8><p>地基"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    print(load())
    print(f"initial JavaScript, gzipped: {initial_javascript() / 1000:.0f} kB")
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder), visitors=5)
        with sync_playwright() as playwright:
            measure(prepared, playwright, chosen.runs)


def measure(prepared: Prepared, playwright: Playwright, count: int) -> None:
    server = Server(prepared.home, free_port())
    server.start()
    server.stop()
    print(f"start on an existing home until it answers: {server.start():.2f} s")
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    bare = [paint(browser, f"data:text/html,{BARE}", "p", None)[0] for _ in range(count)]
    address = f"http://127.0.0.1:{server.port}"
    cookie = {"name": prepared.cookie, "value": prepared.lead, "url": address}
    runs = [paint(browser, f"{address}/desk", CONTROLS, cookie) for _ in range(count)]
    print(f"baseline, a bare page's first paint: {statistics.median(bare):.0f} ms")
    print(f"desk, first contentful paint: {shown([first for first, _ in runs])}")
    print(f"desk, first control usable: {shown([usable for _, usable in runs])}")
    browser.close()
    time.sleep(1)
    print(f"memory: {server.memory():.0f} MB")
    server.stop()


def shown(values: list[float]) -> str:
    return f"median {statistics.median(values):.0f} ms, worst {max(values):.0f} ms"


def paint(
    browser: Browser, address: str, wait_for: str, cookie: dict[str, str] | None
) -> tuple[float, float]:
    """First contentful paint and time to the first control, in milliseconds, with an empty cache."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    if cookie:
        context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(wait_for)
    usable = (time.perf_counter() - begun) * 1000
    page.wait_for_function(f"({PAINT})() > 0 || location.protocol === 'data:'")
    first = float(page.evaluate(PAINT))
    context.close()
    return first, usable


def initial_javascript() -> int:
    """Bytes, gzipped, of what is loaded before anything is shown."""
    return sum(len(gzip.compress((SCREEN / name).read_bytes(), 6)) for name in initial_scripts())


def initial_scripts() -> set[str]:
    """The scripts that index.html names and what these import at once."""
    html = (SCREEN / "index.html").read_text()
    waiting = re.findall(r'(?:src|href)="/?(assets/[^"]+\.js)"', html)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        static = re.findall(rb'(?:import|from)\s*"\./([^"]+\.js)"', (SCREEN / name).read_bytes())
        waiting += [f"assets/{other.decode()}" for other in static]
    return seen


if __name__ == "__main__":
    main()
