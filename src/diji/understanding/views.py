"""A message as models see it: its own words, ours before it, the consumer's before it, and the signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import signs
from .cards import plain_of
from .grams import Grams, grams
from .normalise import heard

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from .reading import Message, Turn
    from .signs import Seen

# Words of another speaker fall into other buckets than the same words of the message itself.
_SALTS = {"agent": 0x1234567, "consumer": 0x7654321}
_WEIGHTS = {"own": 1.0, "agent": 0.4, "consumer": 0.3, "signs": 0.5}
_LONGEST_BEFORE = 200  # letters of a turn of context
# What the consumer told some turns ago is still the matter; of ours only the last words are answered.
_LAST_OF = {"agent": 1, "consumer": 3}


@dataclass(frozen=True, slots=True)
class View:
    """Hashed features of those messages that have them; ``weight`` is the length of each vector.

    ``owners`` are the places of these messages among all, in order. Signs are few and each counts as
    it is: they are neither weighed by rarity nor brought to length one.
    """

    grams: Grams
    owners: npt.NDArray[np.int64]
    weight: float
    plain: bool = False


def views(
    messages: Sequence[Message], plains: Sequence[str], seen: Sequence[Seen]
) -> tuple[View, ...]:
    """The four views of messages; ``plains`` are normalised texts, ``seen`` their signs."""
    import numpy as np

    everyone = np.arange(len(messages))
    worded = [
        f"{heard(plain)} {one.heard}" if one.heard else heard(plain)
        for plain, one in zip(plains, seen, strict=True)
    ]
    own = View(grams(worded), everyone, _WEIGHTS["own"])
    before = [view for role in _SALTS if (view := _said_by(role, messages)) is not None]
    found = [
        signs.of_message(one, _before(message.context), message.context, message.attachments)
        for message, one in zip(messages, seen, strict=True)
    ]
    return (own, *before, View(_counted(found), everyone, _WEIGHTS["signs"], plain=True))


def _said_by(role: str, messages: Sequence[Message]) -> View | None:
    """The last turns of a role before each message; None where nobody of that role has spoken."""
    import numpy as np

    owners, texts = [], []
    for place, message in enumerate(messages):
        told = [
            plain_of(turn.text[:_LONGEST_BEFORE]) for turn in message.context if turn.role == role
        ]
        said = [plain for plain in told if plain.strip()]
        if said:
            owners.append(place)
            texts.append(heard(" ".join(said[-_LAST_OF[role] :])))
    if not owners:
        return None
    hashed = grams(texts)
    salted = hashed.hashes ^ np.uint32(_SALTS[role])
    spoken = Grams(salted, hashed.counts, hashed.starts)
    return View(spoken, np.array(owners), _WEIGHTS[role])


def _before(context: Sequence[Turn]) -> list[Seen]:
    told = [turn.text for turn in context if turn.role == "consumer"][-signs.LOOKED_BACK :]
    return [signs.look(plain_of(text)) for text in told]


def _counted(found: list[list[int]]) -> Grams:
    import numpy as np

    hashes = np.array([one for row in found for one in row], dtype=np.uint32)
    starts = np.cumsum([0, *map(len, found)])
    return Grams(hashes, np.ones(len(hashes), dtype=np.float32), starts.astype(np.int64))
