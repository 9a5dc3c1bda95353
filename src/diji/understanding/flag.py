"""Flags of a message: tables of words decide, since a model may not be wrong here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from . import names, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

Hits: TypeAlias = dict[str, re.Match[str]]


def hits(plain: str) -> Hits:
    """All flags and wishes with the place that says each."""
    found = {
        flag: match
        for flag, cue in tables.flags().items()
        if (match := cue.find(plain)) is not None
    }
    if "self_harm" in found:
        # Who may harm themselves is a matter of safety and of a threat to oneself.
        found.setdefault("safety", found["self_harm"])
        found.setdefault("threat", found["self_harm"])
    return found


def flags_of(found: Hits, told: Iterable[str] = ()) -> tuple[str, ...]:
    """The flags in their fixed order; ``told`` are those that a shop's own words stand for."""
    known = {*found, *told}
    return tuple(flag for flag in names.ids("flags") if flag in known)
