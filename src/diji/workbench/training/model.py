"""The fitted model: a linear one and a few nets that vote; arrays and a card, no pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from diji.foundation import Invalid
from diji.understanding import grams, letters, linear, normalise

from .net import Net, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .net import Floats

LINEAR_SHARE = 0.3
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Prediction:
    """Labels with their probabilities, the likeliest first, and whether the first may be acted on."""

    top: tuple[tuple[str, float], ...]
    confident: bool

    @property
    def label(self) -> str:
        return self.top[0][0]


@dataclass(frozen=True, slots=True)
class IntentModel:
    """``sure_from`` is the lowest probability that counts as confident."""

    words: linear.Linear
    alphabet: letters.Alphabet
    nets: tuple[Net, ...]
    sure_from: float

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        if not texts:
            return []
        chances = self.chances(texts)
        order = np.argsort(-chances, axis=1, kind="stable")[:, :SHOWN]
        return [self._prediction(*row) for row in zip(texts, chances, order, strict=True)]

    def chances(self, texts: Sequence[str]) -> Floats:
        """Probabilities, (texts, labels); a text that holds no word has no likely label."""
        plain = [normalise(text) for text in texts]
        encoded = self.alphabet.encode(plain)
        nets = np.mean([softmax(net.logits(*encoded)) for net in self.nets], axis=0)
        return mixed(softmax(self.words.logits(grams.grams(plain))), nets)

    def _prediction(self, text: str, chances: Floats, order: Floats) -> Prediction:
        top = tuple((self.words.labels[at], float(chances[at])) for at in order)
        return Prediction(top, confident=top[0][1] >= self.sure_from and self._knows(text))

    def _knows(self, text: str) -> bool:
        """Whether the text says anything, mostly in letters that were there to learn from."""
        said = [letter for letter in normalise(text) if letter.isalnum()]
        return bool(said) and 2 * sum(one in self.alphabet.letters for one in said) >= len(said)

    def save(self, folder: Path) -> None:
        linear.save(self.words, folder)
        halves: dict[str, Any] = {
            f"{name}.{number}": array.astype(np.float16)
            for number, net in enumerate(self.nets)
            for name, array in net.arrays.items()
        }
        np.savez_compressed(folder / "nets.npz", **halves)


def mixed(words: Floats, nets: Floats) -> Floats:
    """One probability from those of the linear model and of the nets."""
    both: Floats = (LINEAR_SHARE * words + (1 - LINEAR_SHARE) * nets).astype(np.float32)
    return both


def load(folder: Path) -> IntentModel:
    """The model that `train` left in a folder."""
    try:
        words = linear.load_from(folder)
        card: dict[str, Any] = words.card if words else {}
        with np.load(folder / "nets.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        nets = tuple(_net(arrays, number) for number in range(card["nets"]))
        alphabet, sure_from = letters.Alphabet(card["letters"]), float(card["sure_from"])
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        raise Invalid(
            f"{folder} 里没有能用的模型；先运行 diji train intents --out {folder}",
            f"No usable model in {folder} ({type(error).__name__}); run diji train intents first",
        ) from None
    if words is None:
        raise Invalid(f"{folder} 里没有模型", f"No model in {folder}")
    return IntentModel(words, alphabet, nets, sure_from)


def _net(arrays: dict[str, Floats], number: int) -> Net:
    ending = f".{number}"
    return Net({k.removesuffix(ending): a for k, a in arrays.items() if k.endswith(ending)})
