"""The taxonomy with the names people see; ids are what everything else speaks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = (
    "intents", "emotions", "flags", "stages", "objections", "issues", "sentiments", "aspects",
    "families",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the taxonomy: its id, its names, and what it means."""

    id: str
    zh: str
    en: str
    means: str = ""
    family: str | None = None


@cache
def entries(kind: str) -> tuple[Entry, ...]:
    """All words of one kind (``"intents"``, ``"issues"`` …) in their fixed order."""
    return _taxonomy()[kind]


@cache
def ids(kind: str) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries(kind))


def zh(name: str, kind: str | None = None) -> str:
    """The Chinese name of an id; give the kind where two kinds share the id (installation)."""
    return find(name, kind).zh


def en(name: str, kind: str | None = None) -> str:
    """The English name of an id."""
    return find(name, kind).en


@cache
def find(name: str, kind: str | None = None) -> Entry:
    """The entry behind an id, looked for in the order of ``KINDS``; ``KeyError`` if unknown."""
    for where in (kind,) if kind else KINDS:
        for entry in entries(where):
            if entry.id == name:
                return entry
    raise KeyError(name)


@cache
def family(intent: str) -> str:
    """The family of an intent, such as ``logistics`` or ``talk``."""
    return find(intent, "intents").family or "talk"


@cache
def _taxonomy() -> dict[str, tuple[Entry, ...]]:
    raw = tomllib.loads((Path(__file__).parent / "taxonomy.toml").read_text("utf-8"))
    return {
        kind: tuple(
            Entry(key, said["zh"], said["en"], said.get("is", ""), said.get("family"))
            for key, said in raw[kind].items()
        )
        for kind in KINDS
    }
