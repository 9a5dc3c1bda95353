"""One spelling for many: width, case, and traditional characters, without moving an offset."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

# Nobody says more in one message, and a megabyte of noise must not cost a second.
LONGEST = 4_000

_MARKS = {"！": "!", "？": "?", "。": "。", "﹖": "?", "﹗": "!", "‼": "!", "⁉": "?"}


def normalise(text: str) -> str:
    """Fold what only looks different; the result has the original's offsets, cut at ``LONGEST``."""
    return text[:LONGEST].translate(_table())


# What a platform masked in the words of others: figures, and what says nothing by itself.
_FIGURES = re.compile(r"\[(?:数字|金额|日期|时间|电话|订单|商品|数量)x\]|[0-9*#]")
_NO_WORDS = re.compile(r"\[(?:链接|姓名|图片|商品快照)x\]|https?://[!-~]+")


def for_models(plain: str) -> str:
    """One figure is as good as another, and a link says nothing beside words; offsets stay."""
    masked = _FIGURES.sub(lambda found: "0" * len(found[0]), plain)
    worded = _NO_WORDS.sub(lambda found: " " * len(found[0]), masked)
    return worded if worded.strip() else masked


def heard(plain: str) -> str:
    """What models hear of a normalised message: `for_models`, without the blanks that a card leaves."""
    return " ".join(for_models(plain).split())


def is_foreign(plain: str) -> bool:
    """Whether other letters drown the Chinese ones; a word or two of pinyin do not."""
    letters = sum(letter.isalpha() for letter in plain)
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in plain)
    return letters - chinese > 3 * chinese + 10


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    # Control and format characters (also zero width ones) become blanks, never letters.
    table |= dict.fromkeys([*range(32), 127, 8203, 8204, 8288, 65279, 12288], " ")
    table |= {ord(mark): plain for mark, plain in _MARKS.items()}
    table |= _traditional()
    for circled in "①②③④⑤⑥⑦⑧⑨":
        table[ord(circled)] = unicodedata.normalize("NFKC", circled)
    return table


def _traditional() -> dict[int, str]:
    lines = (Path(__file__).parent / "tables" / "traditional.txt").read_text("utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    return {
        ord(old): new
        for olds, news in zip(rows[::2], rows[1::2], strict=True)
        for old, new in zip(olds, news, strict=True)
    }
