"""Cuts a text into clauses, the size at which people praise, blame, ask and deny."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[,，。.;；!?、~…\n ]+|(?=但是|但|不过|可是|然而|就是(?!好|快|这)|只是|可惜)")
_NUMBER_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def clauses(plain: str) -> list[tuple[int, int]]:
    """Start and end of each clause; marks stay outside except those that end it."""
    text = _NUMBER_POINT.sub("_", plain)
    cut, begin = [], 0
    for mark in _BREAK.finditer(text):
        if mark.start() > begin:
            # The mark itself belongs to the clause: a question mark says what kind it is.
            cut.append((begin, mark.end() if mark[0].strip() else mark.start()))
        begin = mark.end()
    if begin < len(text):
        cut.append((begin, len(text)))
    return cut
