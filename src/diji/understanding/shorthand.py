"""Hears the standard words behind pinyin, shorthand, homophones, slang and dialect."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HARMLESS = "harmless"
# Signs that hold a Latin word together: addresses and model numbers are no shorthand.
_HOLDS = frozenset("._/@-:")
# A number is shorthand only after these, or alone, and at the end of what is said: 好的886.
_MAY_PRECEDE = frozenset(" ,。!?~;的谢好吧啦吗哦嗯行见走撤真太你家")


@dataclass(frozen=True, slots=True)
class Heard:
    """Standard words, and the place of the text that stands for them."""

    words: str
    start: int
    end: int


def standard(plain: str) -> str:
    """The standard words that a normalised text means, to be read beside it; empty where there are none.

    Words that stand together in the text stay together: ``tk咋整`` gives ``退款怎么办``.
    """
    said: list[str] = []
    ended = -1
    for one in heard(plain):
        if said and one.start != ended:
            said.append(" ")
        said.append(one.words)
        ended = one.end
    return "".join(said)


def heard(plain: str) -> tuple[Heard, ...]:
    """Every place where something else is written for standard words, the longest first."""
    spellings, lengths = _table()
    found: list[Heard] = []
    place = 0
    while place < len(plain):
        for size in lengths.get(plain[place], ()):
            spelling = plain[place : place + size]
            if spelling in spellings and _stands(plain, place, place + len(spelling)):
                if words := spellings[spelling]:
                    found.append(Heard(words, place, place + size))
                place += size - 1
                break
        place += 1
    return tuple(found)


def _stands(plain: str, start: int, end: int) -> bool:
    """Whether the spelling is a word of its own where it begins or ends with Latin letters or digits."""
    spelling = plain[start:end]
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if spelling.isdigit():
        return (not before or before in _MAY_PRECEDE) and not after.isalnum()
    if _is_letter(spelling[0]) and (_is_letter(before) or before in _HOLDS):
        return False
    if spelling[0].isdigit() and before == ",":
        return False
    if not _is_letter(spelling[-1]):
        return True
    held = after in _HOLDS and _is_letter(plain[end + 1 : end + 2])
    return not (_is_letter(after) or held)


def _is_letter(one: str) -> bool:
    return one.isascii() and one.isalnum()


@cache
def _table() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Spelling → standard words, harmless ones to nothing; and the lengths by first letter."""
    path = Path(__file__).parent / "tables" / "shorthand.toml"
    sections = tomllib.loads(path.read_text("utf-8"))
    spellings = dict.fromkeys(sections.pop(_HARMLESS)["words"], "")
    for section in sections.values():
        for words, written in section.items():
            for one in written:
                spellings |= dict.fromkeys((one, one.replace(" ", "")), words)
    lengths: dict[str, set[int]] = defaultdict(set)
    for spelling in spellings:
        lengths[spelling[0]].add(len(spelling))
    return spellings, {
        letter: tuple(sorted(sizes, reverse=True)) for letter, sizes in lengths.items()
    }
