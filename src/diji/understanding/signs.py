"""What the word tables see in a message. Models learn what each sign is worth; people read what it points at."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from . import flag, shorthand, tables, trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Attachment, Turn

Place: TypeAlias = tuple[int, int]
REMEMBERED = 4096  # a message is context of the next six
LOOKED_BACK = 2  # of the consumer's own turns before
_MOST_COUNTED = 3  # turns of context


@dataclass(frozen=True, slots=True)
class Seen:
    """Cues found in one message, with the place of the words for each.

    `heard` are the standard words behind shorthand, slips and dialect; they give signs, but no places.
    """

    flags: flag.Hits
    intents: dict[str, Place]
    emotions: dict[str, Place]
    troubles: trouble.Troubles
    signs: tuple[str, ...]
    weights: dict[str, dict[str, float]]  # what the cues alone say, by kind and id
    heard: str = ""


@lru_cache(maxsize=REMEMBERED)
def look(plain: str) -> Seen:
    """Every cue of every table in one normalised message."""
    seen = _cues_in(plain)
    heard = shorthand.standard(plain)
    if not heard:
        return seen
    return replace(seen, signs=(*seen.signs, *_cues_in(heard).signs), heard=heard)


def _cues_in(plain: str) -> Seen:
    flags = flag.hits(plain)
    troubles = trouble.issues_in(plain)
    signs = [f"flag:{one}" for one in flags]
    signs += [
        f"issue:{issue}:{'sure' if score >= trouble.SURE else 'cue'}"
        for issue, score in troubles.scores.items()
    ]
    intents: dict[str, Place] = {}
    emotions: dict[str, Place] = {}
    weights: dict[str, dict[str, float]] = {"intent": {}, "emotion": {}}
    for kind, cues, places in (
        ("intent", tables.intent_cues(), intents),
        ("emotion", tables.emotion_cues(), emotions),
    ):
        for cue in cues:
            match = flags.get(cue.from_flag) if cue.from_flag else cue.find(plain)
            if match is not None:
                signs.append(f"{kind}:{cue.of}:{cue.says.pattern}")
                places.setdefault(cue.of, match.span())
                weights[kind][cue.of] = weights[kind].get(cue.of, 0.0) + cue.weight
    return Seen(flags, intents, emotions, troubles, tuple(signs), weights)


def of_message(
    seen: Seen, before: Sequence[Seen], context: Sequence[Turn], attachments: Sequence[Attachment]
) -> list[int]:
    """The hashes of all signs: of the words, of what the consumer said before, and of the situation."""
    told = [*seen.signs, f"turns:{min(len(context), _MOST_COUNTED)}"]
    if context:
        told.append(f"after:{context[-1].role}")
    told += [f"with:{one.kind}" for one in attachments]
    told += [f"before:{sign}" for one in before for sign in one.signs]
    return [_hashed(sign) for sign in dict.fromkeys(told)]


@lru_cache(maxsize=REMEMBERED)
def _hashed(sign: str) -> int:
    """Spread over 32 bits; the same for ever, since weights depend on it."""
    return zlib.crc32(sign.encode()) * 0x9E3779B1 & 0xFFFFFFFF
