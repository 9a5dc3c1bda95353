"""The house read as a text: its rooms, files and what they import."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "src" / "diji"


@dataclass(frozen=True)
class Source:
    """A file of the house."""

    path: Path
    room: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def sources() -> tuple[Source, ...]:
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Source(path, path.relative_to(HOUSE).parts[0], text, ast.parse(text)))
    return tuple(found)


def rooms() -> list[str]:
    return sorted(p.parent.name for p in HOUSE.glob("*/__init__.py"))


@cache
def tracked() -> tuple[Path, ...]:
    """What git knows, and what it would know after `git add .`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(p for p in (ROOT / line for line in listed.splitlines()) if p.is_file())
