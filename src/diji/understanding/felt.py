"""One turn of a conversation as it was felt: what is kept of it when the whole talk is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .normalise import normalise

if TYPE_CHECKING:
    from .reading import Role, Scored

# What agents say to be kind: to be addressed warmly, asked for patience, thanked, or smiled at.
_COURTEOUS = re.compile(
    r"亲|您|[哦噢喔呢哈呀哟啦嘛]([~!,。 ]|$)|[~～❤🌹🌸😊😄🙏🤝]|\[(微笑|玫瑰|爱心|可爱|笑脸|愉快|握手|抱拳|鲜花)\]"
    r"|抱歉|对不起|不好意思|感谢|谢谢|麻烦您|请放心|放心|辛苦|久等|见谅|理解您|很高兴|欢迎|祝"
    r"|为您|帮您|小妹|宝贝|宝宝|么么|乐意|不客气|随时联系"
)
SURELY_KIND, SURELY_PLAIN = 0.95, 0.05


class Felt(Protocol):
    """What a reading knows of the consumer's mood; a kept reading will do as well as a fresh one."""

    @property
    def sentiment_scores(self) -> dict[str, float]: ...
    @property
    def issues(self) -> Sequence[Scored]: ...


@dataclass(frozen=True, slots=True)
class FeltTurn:
    """Who spoke and how; feelings are probabilities, and an agent has ``kind`` in their place."""

    role: Role
    letters: int
    again: bool = False  # the same speaker said these very words before
    negative: float = 0.0
    neutral: float = 1.0
    positive: float = 0.0
    kind: float = 0.0
    issues: tuple[str, ...] = ()

    @property
    def blame(self) -> float:
        """How bad the turn is, 0 to 1; a feeling that does not lead counts for nothing."""
        return self.negative if self.negative > max(self.neutral, self.positive) else 0.0

    @property
    def praise(self) -> float:
        return self.positive if self.positive > max(self.neutral, self.negative) else 0.0


def kindness(text: str) -> float:
    """The probability that an agent's words are meant kindly, heard from words of courtesy."""
    return SURELY_KIND if _COURTEOUS.search(normalise(text)) else SURELY_PLAIN


def felt_turns(said: Iterable[tuple[Role, str, Felt | None]]) -> tuple[FeltTurn, ...]:
    """Turns from who spoke, the words, and, for a consumer, the reading of these words."""
    turns: list[FeltTurn] = []
    heard: set[tuple[Role, str]] = set()
    for role, text, reading in said:
        plain = " ".join(normalise(text).split())
        again = len(plain) > 1 and (role, plain) in heard
        heard.add((role, plain))
        if role == "agent" or reading is None:
            kind = kindness(text) if role == "agent" else 0.0
            turns.append(FeltTurn(role, len(plain), again, kind=kind))
            continue
        turns.append(
            FeltTurn(
                role, len(plain), again, **reading.sentiment_scores,
                issues=tuple(issue.id for issue in reading.issues),
            )
        )  # fmt: skip
    return tuple(turns)
