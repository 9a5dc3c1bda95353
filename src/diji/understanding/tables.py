"""Loads the word tables: what a person wrote down, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern made of many, with its exceptions."""

    of: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    weight: float = 0.0
    from_flag: str | None = None

    def find(self, text: str) -> re.Match[str] | None:
        """The first place that says it, or None where an exception stands anywhere in the text."""
        found = self.says.search(text)
        if found is None or (self.unless is not None and self.unless.search(text)):
            return None
        return found


def joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _plain(patterns)))


@cache
def flags() -> dict[str, Cue]:
    return {
        flag: Cue(flag, joined(row["says"]), joined(row["unless"]) if row["unless"] else None)
        for flag, row in _table("flags").items()
    }


@cache
def intent_cues() -> tuple[Cue, ...]:
    """Cues for intents; one that follows a flag has no words of its own."""
    return tuple(_weighted(row, "intent") for row in _table("intents")["cue"])


@cache
def emotion_cues() -> tuple[Cue, ...]:
    return tuple(_weighted(row, "emotion") for row in _table("emotions")["cue"])


@cache
def pattern(table: str, *path: str) -> re.Pattern[str]:
    """One list of patterns anywhere in a table, joined: ``pattern("polarity", "praise")``."""
    row: Any = _table(table)
    for key in path:
        row = row[key]
    return joined(row)


@cache
def cues(table: str, section: str | None = None) -> tuple[Cue, ...]:
    """A table of ``id = [patterns]`` or ``[id] says/unless`` in its written order."""
    rows = _table(table)[section] if section else _table(table)
    return tuple(
        Cue(key, joined(row))
        if isinstance(row, list)
        else Cue(key, joined(row["says"]), joined(row["unless"]) if row.get("unless") else None)
        for key, row in rows.items()
    )


@cache
def issue_cues() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """For each issue what speaks for itself, and what needs a clause that tells rather than asks."""
    return tuple(
        (issue, joined(row["sure"]), joined(row["cue"])) for issue, row in _table("issues").items()
    )


def _weighted(row: dict[str, Any], of: str) -> Cue:
    return Cue(
        row[of],
        # A pattern that never matches keeps the loop free of a special case.
        joined(row.get("says") or ["(?!)"]),
        joined(row["unless"]) if row.get("unless") else None,
        row["weight"],
        row.get("from_flag"),
    )


def _plain(patterns: list[str]) -> list[str]:
    """Number the groups away, since joining would shift them; back references keep theirs."""
    return [one if "\\1" in one else re.sub(r"(?<!\\)\((?!\?)", "(?:", one) for one in patterns]


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "tables" / f"{name}.toml").read_text("utf-8"))
