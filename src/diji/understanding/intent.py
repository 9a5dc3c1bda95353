"""What the consumer wants: the model's log-odds, and the few words that are stronger than it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import names
from .odds import softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .reading import Attachment, Turn
    from .signs import Seen

TALK = ("greeting", "urge_reply", "thanks_bye", "acknowledge", "provide_info", "praise")
_KNOWN_LETTERS = re.compile(r"[\u4e00-\u9fff\d]")
# Words that only point at something that was not said.
_POINTS_ONLY = re.compile(
    r"(?:那|就|我说的?)?(?:这个|那个|这款|那款|它|这样|那样|这种|上面的?|刚才的?|第[一二三四1-4]个)"
    r"(?:呢|可以|行|怎么样|怎么说|吗|么|的话)*[?!。 ]*"
)
VAGUE, WEAK, CLOSE = 0.25, 0.4, 0.12
_FROM_IRONY = -4.0  # who mocks does not praise
_SHARE = 0.5  # the model has heard the cues too; what a person wrote down keeps half its say


def rank(
    plain: str,
    seen: Seen,
    model: Mapping[str, float],
    *,
    carded: bool = False,
    context: Sequence[Turn] = (),
    attachments: Sequence[Attachment] = (),
) -> dict[str, float]:
    """A probability for each intent: the model's, except where it has nothing to read or must not be wrong.

    ``carded``: the message held an order or a product beside what ``plain`` says.
    """
    logits = dict(model)
    bare = not _KNOWN_LETTERS.search(plain)
    for wish, weight in seen.weights["intent"].items():
        logits[wish] += _SHARE * weight
    if "human_request" in seen.flags:
        logits["human_request"] += 6
    if "sarcasm" in seen.flags:
        logits["praise"] += _FROM_IRONY
    if not seen.intents and bare:
        # Another language, or only marks: the model has never seen any.
        logits["other"] += 8
    if carded and bare and _says_nothing(plain, seen):
        # Who sends nothing but an order says which one it is about.
        logits["provide_info"] += 20
    elif not plain.strip():
        logits["provide_info" if attachments or context else "other"] += 20
    return softmax(logits)


def _says_nothing(plain: str, seen: Seen) -> bool:
    if not plain.strip():
        return True
    asked = "?" in plain or seen.intents
    return not (asked or any(letter.isalnum() for letter in plain))


def is_ambiguous(ranked: Mapping[str, float], plain: str) -> bool:
    """Whether two different wishes are about as probable, or the words are too few to tell."""
    (first, high), (second, low) = sorted(ranked.items(), key=lambda item: -item[1])[:2]
    if high < VAGUE or _POINTS_ONLY.fullmatch(plain.strip()):
        return True
    if first in TALK and second in TALK:
        return False
    unlike = names.family(first) != names.family(second)
    return high - low < CLOSE and (unlike or high < WEAK)
