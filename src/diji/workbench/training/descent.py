"""Fits a net to beliefs about labels: backpropagation and Adam, written out in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diji.understanding import letters

from .net import WIDTHS, Net, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .net import Floats, Ids

DEPTH, FILTERS = 64, 128
BATCH = 64
STEP = 2e-3
DROP_LETTERS, DROP_HEARD = np.float32(0.1), np.float32(0.5)
# Passes over the rows, and the number of batches below which a small table gets more of them.
PASSES, FEWEST_BATCHES, MOST_PASSES = 8, 600, 30


def fit_net(alphabet: letters.Alphabet, texts: Sequence[str], beliefs: Floats, *, seed: int) -> Net:
    """A net that says of each text what is believed of it; a row counts as far as it is believed."""
    chance = np.random.default_rng(seed)
    ids, lengths = alphabet.encode(texts)
    net = _begun(len(alphabet.letters) + letters.KNOWN_FROM, beliefs.shape[1], chance)
    weights = beliefs.max(axis=1)
    count = -(-len(texts) // BATCH)
    passes = min(MOST_PASSES, max(PASSES, -(-FEWEST_BATCHES // count)))
    adam = _Adam(net.arrays)
    for number in range(passes):
        cut = list(letters.batches(lengths, chance.permutation(len(texts)), BATCH))
        for place, at in enumerate(chance.permutation(count)):
            rows = cut[at]
            left = 1 - (number * count + place) / (passes * count)
            some = net.trimmed(ids, lengths, rows), lengths[rows]
            slopes = _slopes(net, some, beliefs[rows], weights[rows], chance)
            adam.step(slopes, STEP * min(1, 1.5 * left))
    return net


def _begun(known: int, labels: int, chance: np.random.Generator) -> Net:
    def drawn(rows: int, columns: int, width: float) -> Floats:
        return (chance.standard_normal((rows, columns)) * width).astype(np.float32)

    arrays = {"letters": drawn(known, DEPTH, 0.3)}
    arrays["letters"][0] = 0
    for width in WIDTHS:
        arrays[f"filters{width}"] = drawn(width * DEPTH, FILTERS, (width * DEPTH) ** -0.5)
    heard = FILTERS * len(WIDTHS)
    arrays["deaf"] = np.zeros(heard, dtype=np.float32)
    arrays["weights"] = drawn(heard, labels, (0.3 / heard) ** 0.5)
    arrays["bias"] = np.zeros(labels, dtype=np.float32)
    return Net(arrays)


def _slopes(
    net: Net,
    some: tuple[Ids, npt.NDArray[np.int64]],
    beliefs: Floats,
    weights: Floats,
    chance: np.random.Generator,
) -> dict[str, Floats]:
    """How the surprise of one batch changes with each array."""
    arrays, (ids, lengths) = net.arrays, some
    kept = (chance.random(ids.shape, dtype=np.float32) >= DROP_LETTERS)[:, :, None]
    told = arrays["letters"][ids] * kept.astype(np.float32)
    seen = {width: letters.patches(told, width) for width in WIDTHS}
    answers = {width: net.answers(seen[width], width, lengths) for width in WIDTHS}
    loudest = {width: said.max(axis=1) for width, said in answers.items()}
    heard = np.concatenate(list(loudest.values()), axis=1) + arrays["deaf"]
    # What one filter hears is hidden half of the time, so that no answer leans on it alone.
    open_ = (chance.random(heard.shape, dtype=np.float32) >= DROP_HEARD) & (heard > 0)
    passes_on = open_.astype(np.float32) / (1 - DROP_HEARD)
    heard = heard * passes_on

    logits = heard @ arrays["weights"] + arrays["bias"]
    wrong = (softmax(logits) - beliefs) * (weights / len(ids))[:, None]

    back = (wrong @ arrays["weights"].T) * passes_on
    slopes = {"weights": heard.T @ wrong, "bias": wrong.sum(axis=0), "deaf": back.sum(axis=0)}
    to_letters = np.zeros_like(told)
    for width, part in zip(WIDTHS, np.split(back, len(WIDTHS), axis=1), strict=True):
        was_loudest = answers[width] == loudest[width][:, None]
        blame = (was_loudest * part[:, None]).reshape(-1, FILTERS)
        slopes[f"filters{width}"] = seen[width].reshape(-1, width * DEPTH).T @ blame
        to_seen = (blame @ arrays[f"filters{width}"].T).reshape(len(ids), -1, width, DEPTH)
        for at in range(width):
            to_letters[:, at : at + to_seen.shape[1]] += to_seen[:, :, at]
    slopes["letters"] = _by_letter(ids, to_letters * kept, len(arrays["letters"]))
    return slopes


def _by_letter(ids: Ids, slopes: Floats, known: int) -> Floats:
    """The slopes of all places where a letter stands, summed; a blank learns nothing."""
    flat = ids.ravel()
    order = np.argsort(flat, kind="stable")
    distinct, starts = np.unique(flat[order], return_index=True)
    summed = np.zeros((known, DEPTH), dtype=np.float32)
    summed[distinct] = np.add.reduceat(slopes.reshape(-1, DEPTH)[order], starts)
    summed[0] = 0
    return summed


class _Adam:
    """Steps of a size that each number has earned (Kingma and Ba); arrays change in place."""

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self.arrays = arrays
        self.drift = {name: np.zeros_like(array) for name, array in arrays.items()}
        self.force = {name: np.zeros_like(array) for name, array in arrays.items()}
        self.steps = 0

    def step(self, slopes: dict[str, Floats], size: float) -> None:
        self.steps += 1
        size *= (1 - 0.999**self.steps) ** 0.5 / (1 - 0.9**self.steps)
        for name, slope in slopes.items():
            drift, force = self.drift[name], self.force[name]
            drift += np.float32(0.1) * (slope - drift)
            force += np.float32(0.001) * (slope * slope - force)
            self.arrays[name] -= np.float32(size) * drift / (np.sqrt(force) + np.float32(1e-8))
