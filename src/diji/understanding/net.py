"""A second opinion on messages: a small net that hears letters in their order, where the heads count runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from . import stored
from .cards import plain_of
from .letters import Alphabet, Ear
from .linear import WEIGHTS
from .normalise import for_models

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from .letters import Floats
    from .reading import Message

# Of what was said before only the end is heard, in letters.
_HEARD_BEFORE = 40
_SPEAKERS = ("agent", "consumer")
_EAR = ("letters", "filters", "deaf")
_ONE_OF_MANY = ("intents", "emotions")  # of which exactly one label is true


@dataclass(frozen=True, slots=True)
class Net:
    """An ear for the message and for what either side said before it; all of it votes for every column.

    ``arrays``: those of the ear; ``agent``, ``consumer`` (filters * widths, gist) with their
    ``<role>_bias`` (gist); ``weights`` (filters * widths + 2 * gist, columns) and ``bias`` (columns).
    """

    alphabet: Alphabet
    arrays: dict[str, Floats]
    card: dict[str, Any]

    def logits(self, messages: Sequence[Message], plains: Sequence[str]) -> Floats:
        """One row for each message, one number for each column of the heads, not yet calibrated."""
        import numpy as np

        ear = Ear({name: one for name, one in self.arrays.items() if name.startswith(_EAR)})
        heard = [ear.hear(*self.alphabet.encode([for_models(plain) for plain in plains]))]
        for role in _SPEAKERS:
            width = len(self.arrays[f"{role}_bias"])
            gist = np.zeros((len(messages), width), dtype=np.float32)
            said = [before(message, role) for message in messages]
            spoken = [place for place, text in enumerate(said) if text]
            if spoken:
                told = ear.hear(*self.alphabet.encode([said[place] for place in spoken]))
                made = told @ self.arrays[role] + self.arrays[f"{role}_bias"]
                gist[spoken] = np.maximum(made, 0)
            heard.append(gist)
        return np.concatenate(heard, axis=1) @ self.arrays["weights"] + self.arrays["bias"]


def before(message: Message, role: str) -> str:
    """The end of what a role said before: our last turn, or all that the consumer told."""
    said = [turn.text for turn in message.context if turn.role == role]
    told = said[-1:] if role == "agent" else said
    return for_models(plain_of(" ".join(told)[-4 * _HEARD_BEFORE :]))[-_HEARD_BEFORE:]


def joined(
    heads: npt.NDArray[np.float32],
    net: Floats,
    columns: Sequence[tuple[str, str]],
    joins: Mapping[str, Mapping[str, float]],
) -> npt.NDArray[np.float32]:
    """Log-odds of both. ``joins`` has for each task the net's share, and a scale and a shift of the sum."""
    import numpy as np

    told = heads.copy()
    for task, rule in joins.items():
        at = [place for place, column in enumerate(columns) if column[0] == task]
        mine, other = heads[:, at], net[:, at]
        if task in _ONE_OF_MANY:
            mine = mine - np.logaddexp.reduce(mine, axis=1, keepdims=True)
            other = other - np.logaddexp.reduce(other, axis=1, keepdims=True)
        both = (1 - rule["share"]) * mine + rule["share"] * other
        told[:, at] = rule["scale"] * both + rule["shift"]
    return told


@cache
def load() -> Net:
    """The shipped net of messages."""
    return load_from(WEIGHTS / "net")


def load_from(folder: Path) -> Net:
    import numpy as np

    card, arrays = stored.read(folder)
    return Net(
        Alphabet(card["letters"]),
        {name: one.astype(np.float32) for name, one in arrays.items()},
        card,
    )


def save(model: Net, folder: Path) -> None:
    """Write a net as half-precision arrays and its card."""
    import numpy as np

    halves: stored.Arrays = {name: one.astype(np.float16) for name, one in model.arrays.items()}
    stored.write(folder, {**model.card, "letters": model.alphabet.letters}, halves)
