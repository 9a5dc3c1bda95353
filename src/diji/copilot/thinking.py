"""One turn of the machine without the world: what was said goes in, readings, drafts and a verdict come out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from diji import answers, understanding
from diji.answers import Draft, Question
from diji.commerce import OrderView, ProductView
from diji.knowledge import Hit
from diji.understanding import Attachment, Reading, Turn

from .rules import Strategy, Verdict, decide, gravest

TURNS_OF_CONTEXT = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the machine sees it; `ours` is True for words of the team or the machine."""

    seq: int
    message_id: str
    text: str
    ours: bool
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the talk beside its words."""

    shop_id: str
    shop: str
    strategy: Strategy
    orders: Sequence[OrderView]
    products: Sequence[ProductView]
    now: datetime


@dataclass(frozen=True, slots=True)
class Thought:
    """The machine's turn: a reading for each unanswered message, drafts for all of them, and what to do."""

    readings: tuple[tuple[Said, Reading], ...]
    drafts: tuple[Draft, ...]
    verdict: Verdict


Search = Callable[[str, Reading], Sequence[Hit]]


def unanswered(said: Sequence[Said]) -> list[Said]:
    """The consumer's messages since our last words."""
    newest: list[Said] = []
    for message in reversed(said):
        if message.ours:
            break
        newest.append(message)
    return newest[::-1]


def read_each(said: Sequence[Said]) -> tuple[tuple[Said, Reading], ...]:
    """A reading for each unanswered message, with what was said before it."""
    waiting = unanswered(said)
    readings = []
    for message in waiting:
        before = [m for m in said if m.seq < message.seq][-TURNS_OF_CONTEXT:]
        context = [Turn("agent" if m.ours else "consumer", m.text) for m in before if m.text]
        seen = [Attachment("picture")] * message.pictures
        readings.append(
            (message, understanding.read(message.text, context=context, attachments=seen))
        )
    return tuple(readings)


def question_of(readings: Sequence[tuple[Said, Reading]]) -> tuple[str, Reading]:
    """The words to answer: consumers split a thought over several messages."""
    asked = " ".join(message.text for message, _ in readings if message.text).strip()
    telling = [r for _, r in readings if r.intent not in _MERELY_SOCIAL]
    return asked, (telling or [r for _, r in readings])[-1]


def intents_of(reading: Reading) -> tuple[str, ...]:
    """What may have been meant, the likeliest first."""
    return tuple(dict.fromkeys([reading.intent, *(scored.id for scored in reading.intents)]))


_MERELY_SOCIAL = frozenset({"greeting", "urge_reply", "thanks_bye", "acknowledge"})


def think(readings: Sequence[tuple[Said, Reading]], hits: Sequence[Hit], known: Known) -> Thought:
    """Write drafts and decide; several messages that came together get one verdict."""
    asked, reading = question_of(readings)
    drafts = answers.write(
        Question(asked, reading, known.shop, hits, known.orders, known.products, known.now)
    )
    best = drafts[0] if drafts else None
    verdicts = [
        decide(r, known.strategy, best, pictures_unread=message.pictures > 0)
        for message, r in readings
        if r is reading
        or r.intent not in _MERELY_SOCIAL
        or r.emotion != "neutral"
        or message.pictures
    ]
    return Thought(tuple(readings), tuple(drafts), gravest(verdicts))
