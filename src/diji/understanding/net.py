"""A second opinion on messages: a small net that hears letters in their order, where the heads count runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from . import stored
from .cards import plain_of
from .letters import Alphabet, Ear
from .linear import WEIGHTS
from .normalise import heard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from .letters import Floats
    from .reading import Message

# Of what was said before only the end is heard, in letters.
_HEARD_BEFORE = 40
SPEAKERS = ("agent", "consumer")
_TURNS_BEFORE = {"agent": 1, "consumer": 3}
_EAR = ("letters", "filters", "deaf")
ONE_OF_MANY = ("intents", "emotions")  # of which exactly one label is true


@dataclass(frozen=True, slots=True)
class Net:
    """An ear for the message and for what either side said before it; all of it votes for every column.

    ``columns`` are (task, label), those of the heads but for the side of words (praise).

    ``arrays``: those of the ear; ``agent``, ``consumer`` (filters * widths, gist) with their
    ``<role>_bias`` (gist); ``weights`` (filters * widths + 2 * gist, columns) and ``bias`` (columns).
    """

    alphabet: Alphabet
    columns: tuple[tuple[str, str], ...]
    arrays: dict[str, Floats]
    card: dict[str, Any]

    def logits(self, messages: Sequence[Message], plains: Sequence[str]) -> Floats:
        """One row for each message, one number for each column, not yet calibrated."""
        import numpy as np

        ear = Ear({name: one for name, one in self.arrays.items() if name.startswith(_EAR)})
        votes = [ear.hear(*self.alphabet.encode([heard(plain) for plain in plains]))]
        for role in SPEAKERS:
            width = len(self.arrays[f"{role}_bias"])
            gist = np.zeros((len(messages), width), dtype=np.float32)
            said = [before(message, role) for message in messages]
            spoken = [place for place, text in enumerate(said) if text]
            if spoken:
                told = ear.hear(*self.alphabet.encode([said[place] for place in spoken]))
                made = told @ self.arrays[role] + self.arrays[f"{role}_bias"]
                gist[spoken] = np.maximum(made, 0)
            votes.append(gist)
        return np.concatenate(votes, axis=1) @ self.arrays["weights"] + self.arrays["bias"]


def before(message: Message, role: str) -> str:
    """The end of what a role said before: our last turn, or the consumer's last three."""
    told = [heard(plain_of(turn.text)) for turn in message.context if turn.role == role]
    said = [words for words in told if words]
    return " ".join(said[-_TURNS_BEFORE[role] :])[-_HEARD_BEFORE:]


def joined(
    heads: npt.NDArray[np.float32],
    columns: Sequence[tuple[str, str]],
    told: Floats,
    net: Net,
) -> npt.NDArray[np.float32]:
    """Log-odds of heads and net in the heads' ``columns``.

    The net's card has for each task the net's share, and a scale and a shift of the sum.
    """
    import numpy as np

    both = heads.copy()
    place = {column: at for at, column in enumerate(columns)}
    for task, rule in net.card["joins"].items():
        theirs = [at for at, column in enumerate(net.columns) if column[0] == task]
        ours = [place[net.columns[at]] for at in theirs]
        mine, other = heads[:, ours], told[:, theirs]
        if task in ONE_OF_MANY:
            mine = mine - np.logaddexp.reduce(mine, axis=1, keepdims=True)
            other = other - np.logaddexp.reduce(other, axis=1, keepdims=True)
        summed = (1 - rule["share"]) * mine + rule["share"] * other
        both[:, ours] = rule["scale"] * summed + rule["shift"]
    return both


@cache
def load() -> Net:
    """The shipped net of messages."""
    return load_from(WEIGHTS / "net")


def load_from(folder: Path) -> Net:
    import numpy as np

    card, arrays = stored.read(folder)
    return Net(
        Alphabet(card["letters"]),
        tuple((task, label) for task, label in card["columns"]),
        {name: one.astype(np.float32) for name, one in arrays.items()},
        card,
    )


def save(model: Net, folder: Path) -> None:
    """Write a net as half-precision arrays and its card."""
    import numpy as np

    halves: stored.Arrays = {name: one.astype(np.float16) for name, one in model.arrays.items()}
    columns = [list(column) for column in model.columns]
    card = {**model.card, "letters": model.alphabet.letters, "columns": columns}
    stored.write(folder, card, halves)
