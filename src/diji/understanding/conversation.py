"""A whole conversation so far: where the mood goes, and the risk that it ends in dissatisfaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log1p
from typing import Any, Literal, TypeAlias

from . import linear, names
from .felt import FeltTurn
from .odds import sigmoid

Trend: TypeAlias = Literal["rising", "falling", "steady"]

_LATELY = 3
_MOVED = 0.15
_WORTH_SAYING = 0.25
_KIND = 0.5
# What is remembered of earlier turns with each new one.
_FAST, _SLOW = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class ConversationReading:
    """How a conversation stands.

    ``moods`` has one number for each turn, -1 bad to 1 good; an agent's turn keeps the mood it meets.
    ``risk`` is the probability that the conversation ends with a dissatisfied consumer, ``alarm``
    whether that is enough to call a person.
    """

    trend: Trend
    moods: tuple[float, ...]
    risk: float
    alarm: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over the features, in the order of ``features``; loaded from its card."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    alarm_at: float

    def pushes(self, seen: dict[str, float]) -> dict[str, float]:
        """How far each feature moves the log-odds away from those of a usual conversation."""
        return {
            name: weight * (seen[name] - mean) / scale
            for name, weight, mean, scale in zip(
                self.names, self.weights, self.means, self.scales, strict=True
            )
        }


@cache
def load() -> Model:
    card: dict[str, Any] = json.loads(
        (linear.WEIGHTS / "unrest" / "card.json").read_text(encoding="utf-8")
    )
    return Model(
        names=tuple(card["features"]),
        means=tuple(one["mean"] for one in card["features"].values()),
        scales=tuple(one["scale"] for one in card["features"].values()),
        weights=tuple(one["weight"] for one in card["features"].values()),
        bias=card["bias"],
        alarm_at=card["alarm_at"],
    )


def read_conversation(turns: Sequence[FeltTurn]) -> ConversationReading:
    """Judge the conversation from its turns so far, in the order in which they were said."""
    model = load()
    pushes = model.pushes(features(turns))
    risk = sigmoid(model.bias + sum(pushes.values()))
    moods = _moods(turns)
    trend = _trend([mood for mood, turn in zip(moods, turns, strict=True) if _consumer(turn)])
    return ConversationReading(
        trend, moods, round(risk, 4), risk >= model.alarm_at, _reasons(turns, trend, pushes)
    )


def _consumer(turn: FeltTurn) -> bool:
    return turn.role == "consumer"


def _moods(turns: Sequence[FeltTurn]) -> tuple[float, ...]:
    moods: list[float] = []
    for turn in turns:
        met = moods[-1] if moods else 0.0
        moods.append(round(turn.positive - turn.negative, 4) if _consumer(turn) else met)
    return tuple(moods)


def _trend(moods: list[float]) -> Trend:
    """The last few turns of the consumer against all before them."""
    lately, before = moods[-_LATELY:], moods[:-_LATELY]
    if not before:
        lately, before = moods[len(moods) // 2 :], moods[: len(moods) // 2]
    moved = _mean(lately) - _mean(before) if before else 0.0
    return "rising" if moved > _MOVED else "falling" if moved < -_MOVED else "steady"


def features(turns: Sequence[FeltTurn]) -> dict[str, float]:
    """What the model sees; numbers that any length of conversation has, so that it reads at any time."""
    consumer = [turn for turn in turns if _consumer(turn)]
    agent = [turn for turn in turns if not _consumer(turn)]
    return {**_feelings(consumer), **_kindnesses(turns, agent), **_shape(turns, consumer, agent)}


def _feelings(consumer: list[FeltTurn]) -> dict[str, float]:
    blame = [turn.blame for turn in consumer]
    praise = [turn.praise for turn in consumer]
    half = len(blame) // 2
    return {
        "blame": log1p(sum(blame)),
        "blame_share": sum(blame) / (len(blame) + 2),
        "blame_lately": _faded(blame, _FAST),
        "blame_remembered": _faded(blame, _SLOW),
        "blame_last": blame[-1] if blame else 0.0,
        "blame_first": max(blame[:2], default=0.0),
        "blame_in_a_row": log1p(_longest([one > 0 for one in blame])),
        "blame_grows": sum(blame[half:]) / (len(blame) - half + 1) - sum(blame[:half]) / (half + 1),
        "blame_twice": min(1.0, max(0.0, sum(blame) - 1)),
        "praise": log1p(sum(praise)),
        "praise_share": sum(praise) / (len(praise) + 2),
        "praise_lately": _faded(praise, _FAST),
        "praise_remembered": _faded(praise, _SLOW),
        "praise_first": praise[0] if praise else 0.0,
    }


def _kindnesses(turns: Sequence[FeltTurn], agent: list[FeltTurn]) -> dict[str, float]:
    kind = [turn.kind for turn in agent]
    met = [
        (turn.blame, after.kind)
        for turn, after in pairwise(turns)
        if _consumer(turn) and not _consumer(after)
    ]
    return {
        "kind_share": (sum(kind) + 1) / (len(kind) + 2),
        "kind_lately": _faded(kind, _FAST),
        "kind_remembered": _faded(kind, _SLOW, first=_KIND),
        "kind_last": kind[-1] if kind else _KIND,
        "kind_first": kind[0] if kind else _KIND,
        "kind_ratio": log1p(sum(kind)) - log1p(len(kind)),
        "blame_met_kindly": log1p(sum(blame * kindly for blame, kindly in met)),
        "blame_met_plainly": log1p(sum(blame * (1 - kindly) for blame, kindly in met)),
        "answers_blamed": log1p(
            sum(
                after.blame
                for turn, after in pairwise(turns)
                if _consumer(after) and not _consumer(turn)
            )
        ),
    }


def _shape(
    turns: Sequence[FeltTurn], consumer: list[FeltTurn], agent: list[FeltTurn]
) -> dict[str, float]:
    alone = [_consumer(turn) for turn in turns]
    return {
        "consumer_turns": log1p(len(consumer)),
        "agent_turns": log1p(len(agent)),
        "consumer_share": len(consumer) / (len(turns) + 1),
        "consumer_letters": log1p(_mean([turn.letters for turn in consumer])),
        "agent_letters": log1p(_mean([turn.letters for turn in agent])),
        "unanswered_longest": log1p(_longest(alone)),
        "unanswered_now": log1p(_waiting(alone)),
        "agent_began": float(bool(turns) and not alone[0]),
        "consumer_again": log1p(sum(turn.again for turn in consumer)),
        "agent_again": log1p(sum(turn.again for turn in agent)),
    }


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _faded(numbers: Sequence[float], kept: float, *, first: float = 0.0) -> float:
    """The newest counts most, earlier ones less and less."""
    value = first
    for number in numbers:
        value = kept * value + (1 - kept) * number
    return value


def _longest(marks: Sequence[bool]) -> int:
    run = longest = 0
    for mark in marks:
        run = run + 1 if mark else 0
        longest = max(longest, run)
    return longest


def _waiting(alone: Sequence[bool]) -> int:
    return next((place for place, mark in enumerate(reversed(alone)) if not mark), len(alone))


def _reasons(turns: Sequence[FeltTurn], trend: Trend, pushes: dict[str, float]) -> tuple[str, ...]:
    """What raises the risk, the heaviest first, where a person can see it in the turns as well."""
    heard = [
        (push, words)
        for groups, say in _WORDS.items()
        if (push := sum(value for name, value in pushes.items() if name.startswith(groups)))
        >= _WORTH_SAYING
        and (words := say(turns))
    ]
    said = [words for _, words in sorted(heard, key=lambda one: -one[0])]
    if trend == "falling":
        said.append("情绪越来越差")
    told = sorted({issue for turn in turns for issue in turn.issues})
    if said and told:
        said.append("说到的问题：" + "、".join(names.zh(issue, "issues") for issue in told[:3]))
    return tuple(said)


def _of_blame(turns: Sequence[FeltTurn]) -> str:
    bad = sum(turn.blame > 0 for turn in turns)
    return f"已有 {bad} 句带着不满" if bad else ""


def _of_answers(turns: Sequence[FeltTurn]) -> str:
    bad = sum(turn.blame > 0 and not _consumer(before) for before, turn in pairwise(turns))
    return f"{bad} 次得到回答后仍然不满" if bad else ""


def _of_kindness(turns: Sequence[FeltTurn]) -> str:
    plain = sum(not _consumer(turn) and turn.kind < _KIND for turn in turns)
    return f"客服有 {plain} 句回得生硬，没有安抚" if plain else ""


def _of_waiting(turns: Sequence[FeltTurn]) -> str:
    longest = _longest([_consumer(turn) for turn in turns])
    return f"对方连说 {longest} 句没有人接话" if longest > 1 else ""


def _of_repeating(turns: Sequence[FeltTurn]) -> str:
    again = sum(turn.again for turn in turns if _consumer(turn))
    return f"对方有 {again} 句是重复问过的" if again else ""


def _of_canned(turns: Sequence[FeltTurn]) -> str:
    again = sum(turn.again for turn in turns if not _consumer(turn))
    return f"客服有 {again} 句是原样重复的" if again else ""


# Features whose names begin alike are one thing to a person.
_WORDS: dict[tuple[str, ...], Callable[[Sequence[FeltTurn]], str]] = {
    ("blame",): _of_blame,
    ("answers",): _of_answers,
    ("kind",): _of_kindness,
    ("unanswered",): _of_waiting,
    ("consumer_again",): _of_repeating,
    ("agent_again",): _of_canned,
}
