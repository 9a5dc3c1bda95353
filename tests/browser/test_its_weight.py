"""What a browser must load before it shows anything."""

import gzip
from pathlib import Path

from benchmarks.first_paint import initial_javascript, initial_scripts


def test_the_screen_begins_with_at_most_500_kb_and_no_charts(screen: Path) -> None:
    assert initial_javascript() <= 500_000
    first = initial_scripts()
    everything = {f"assets/{path.name}" for path in (screen / "assets").glob("*.js")}
    charts = {name for name in everything if b"zrender" in (screen / name).read_bytes()}
    assert not charts & first


def test_the_widget_weighs_at_most_60_kb(screen: Path) -> None:
    parts = [screen / "widget.js", screen / "widget-frame.html"]
    parts += (screen / "assets").glob("widget-frame-*")
    assert sum(len(gzip.compress(part.read_bytes(), 6)) for part in parts) <= 60_000
