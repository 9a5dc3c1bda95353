"""Doubts every label: what models that never saw a row read, against what the table says."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import compress
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]

from .descent import fit_net
from .net import alphabet_of, softmax
from .vectors import hashed, matrix, rarity_of, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from .net import Floats

    Ids = npt.NDArray[np.int64]

Made = TypeVar("Made")

STRENGTH = 0.3
PARTS, NET_PARTS = 5, 4
_TEMPERATURES = np.geomspace(0.03, 3, 40)
NOISES = (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.33, 0.36, 0.4, 0.45, 0.5)
# liblinear draws from one generator, which all fits in a process share: two at once would mix their
# draws, and the model would depend on which thread came first.
_ONE_FIT_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is believed of each row; the columns of all arrays are ``labels``."""

    labels: tuple[str, ...]
    given: Ids
    beliefs: Floats
    """How likely each label is the right one, the text and the given label considered."""
    linear_readings: Floats
    """Probabilities by a linear model that has not seen the row."""
    net_readings: Floats
    temperature: float
    """Of the linear model's margins."""
    noise: float
    """The share of labels that are wrong, as the rows themselves tell it."""

    @property
    def likelier(self) -> Ids:
        """The label that each row should carry, as far as is known."""
        likelier: Ids = self.beliefs.argmax(axis=1)
        return likelier

    @property
    def weights(self) -> Floats:
        """How much a row counts for its likelier label."""
        weights: Floats = np.maximum(self.beliefs.max(axis=1), 0.05) ** 2
        return weights


def clean(
    texts: Sequence[str], labels: Sequence[str], names: Mapping[str, str], *, seed: int = 0
) -> Cleaned:
    """Two rounds: linear models doubt the labels, then nets learn from the doubt and doubt again."""
    known = tuple(sorted(set(labels)))
    given = np.searchsorted(known, np.array(labels)).astype(np.int64)
    meanings = telling([names.get(label, label) for label in known])
    chance = np.random.default_rng(seed)

    margins = _margins_out_of_fold(texts, given, meanings, chance)
    temperature, noise = _calibrated(margins, given)
    linear_logits = margins / np.float32(temperature)
    beliefs = _beliefs(linear_logits, given, noise)

    net_logits = _nets_out_of_fold(texts, beliefs, meanings, chance)
    both = (linear_logits + net_logits) / np.float32(2)
    # The nets have learned from beliefs to which every row lent its label, so they look too right:
    # the share of wrong labels stays what the linear models said.
    mixing, _ = _calibrated(both, given, (noise,))
    return Cleaned(
        labels=known,
        given=given,
        beliefs=_beliefs(both / np.float32(mixing), given, noise),
        linear_readings=softmax(linear_logits),
        net_readings=softmax(net_logits),
        temperature=temperature,
        noise=noise,
    )


def fit_margins(
    vectors: csr_matrix, meanings: csr_matrix, labels: Ids, weights: Floats
) -> tuple[Floats, Floats]:
    """Support vectors, one label against the rest: weights (columns, labels) and bias (labels).

    The name of a label is one more text of it, so no label is without any.
    """
    from sklearn.svm import LinearSVC
    from threadpoolctl import threadpool_limits

    count = meanings.shape[0]
    model = LinearSVC(C=STRENGTH, random_state=0)
    with _ONE_FIT_AT_A_TIME, threadpool_limits(1):
        model.fit(
            vstack([vectors, meanings]),
            np.concatenate([labels, np.arange(count)]),
            sample_weight=np.concatenate([weights, np.ones(count)]),
        )
    if count > 2:  # noqa: PLR2004
        return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    # Of two labels the model speaks for the second one only.
    both = np.array([-1, 1], dtype=np.float32)
    return model.coef_.T.astype(np.float32) * both, model.intercept_.astype(np.float32) * both


def with_meanings(beliefs: Floats) -> Floats:
    """Beliefs about the rows, and below them that each name means its label."""
    return np.concatenate([beliefs, np.eye(beliefs.shape[1], dtype=np.float32)])


def each(work: Callable[[int], Made], count: int) -> Iterator[Made]:
    """Work done on all cores, answered in order; numpy itself keeps to one core of them each.

    What the calls do must not share a generator of chance.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(work, range(count))


def _margins_out_of_fold(
    texts: Sequence[str], given: Ids, meanings: list[str], chance: np.random.Generator
) -> Floats:
    seen = hashed([*texts, *meanings])
    vectors = matrix(seen, rarity_of(seen))
    vectors, named = vectors[: len(texts)], vectors[len(texts) :]
    part = chance.permutation(len(texts)) % PARTS
    margins = np.zeros((len(texts), len(meanings)), dtype=np.float32)

    for number in range(PARTS):
        learn = part != number
        ones = np.ones(int(learn.sum()), dtype=np.float32)
        weights, bias = fit_margins(vectors[learn], named, given[learn], ones)
        margins[~learn] = vectors[~learn] @ weights + bias
    return margins


def _nets_out_of_fold(
    texts: Sequence[str], beliefs: Floats, meanings: list[str], chance: np.random.Generator
) -> Floats:
    alphabet = alphabet_of([*texts, *meanings])
    part = chance.permutation(len(texts)) % NET_PARTS
    seeds = chance.integers(2**31, size=NET_PARTS)
    logits = np.zeros_like(beliefs)

    def read(number: int) -> Floats:
        learn = part != number
        learned = [*compress(texts, learn), *meanings]
        net = fit_net(alphabet, learned, with_meanings(beliefs[learn]), seed=int(seeds[number]))
        return net.logits(*alphabet.encode([*compress(texts, ~learn)]))

    for number, said in enumerate(each(read, NET_PARTS)):
        logits[part == number] = said
    return logits


def _calibrated(
    logits: Floats, given: Ids, noises: Sequence[float] = NOISES
) -> tuple[float, float]:
    """The temperature and the share of wrong labels under which the given labels surprise least."""
    drawn = _frequency(given, logits.shape[1])[given]
    rows = np.arange(len(given))

    def surprises(temperature: float) -> list[tuple[float, float, float]]:
        own = softmax(logits / temperature)[rows, given]
        return [
            (float(-np.log((1 - noise) * own + noise * drawn).mean()), temperature, noise)
            for noise in noises
        ]

    _, temperature, noise = min(min(surprises(float(one))) for one in _TEMPERATURES)
    return temperature, noise


def _beliefs(logits: Floats, given: Ids, noise: float) -> Floats:
    """Bayes: a label was either given rightly, or drawn from the pot of all labels."""
    chances = softmax(logits)
    rows = np.arange(len(given))
    drawn = noise * _frequency(given, logits.shape[1])[given]
    likely = chances * drawn[:, None]
    likely[rows, given] += (1 - noise) * chances[rows, given]
    believed: Floats = (likely / likely.sum(axis=1, keepdims=True)).astype(np.float32)
    return believed


def _frequency(given: Ids, labels: int) -> Floats:
    return (np.bincount(given, minlength=labels) / len(given)).astype(np.float32)
