"""One turn of the machine without the world: what was said goes in, readings, drafts and a verdict come out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from diji import answers, understanding
from diji.answers import Draft, Question
from diji.commerce import OrderView, ProductView
from diji.knowledge import Hit
from diji.understanding import Attachment, Felt, Reading, Turn

from .rules import Strategy, Verdict, decide, gravest, watched

TURNS_OF_CONTEXT = 6
TURNS_THAT_TELL = 3  # words of the consumer from which on the talk as a whole is judged
MOST_READ = 6  # messages of one turn; who floods the thread must not hold others up


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the machine sees it; `ours` is True for words of the team or the machine."""

    seq: int
    message_id: str
    text: str
    ours: bool
    pictures: int = 0
    felt: Felt | None = None  # how the consumer's words were read when they came
    by_person: bool = False


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


def unanswered(said: Sequence[Said]) -> list[Said]:
    """The consumer's messages since our last words."""
    newest: list[Said] = []
    for message in reversed(said):
        if message.ours:
            break
        newest.append(message)
    return newest[::-1]


def read_each(said: Sequence[Said]) -> tuple[tuple[Said, Reading], ...]:
    """A reading for each of the newest unanswered messages, with what was said before it."""
    waiting = unanswered(said)[-MOST_READ:]
    readings = []
    for message in waiting:
        before = [m for m in said if m.seq < message.seq][-TURNS_OF_CONTEXT:]
        context = [Turn("agent" if m.ours else "consumer", m.text) for m in before if m.text]
        seen = [Attachment("picture")] * message.pictures
        words = without_goods(message.text) or message.text
        readings.append((message, understanding.read(words, context=context, attachments=seen)))
    return tuple(readings)


_GOODS = re.compile(r"^咨询商品：(.{1,120})$", re.MULTILINE)


def goods_in(said: Sequence[Said]) -> str | None:
    """The product that the consumer came from last, as the shop's page names it in a line of its own."""
    named = [_GOODS.findall(message.text) for message in said if not message.ours]
    return next((names[-1].strip() for names in reversed(named) if names), None)


def without_goods(text: str) -> str:
    """What is asked, without the line that only names the product."""
    return _GOODS.sub("", text).strip()


def question_of(readings: Sequence[tuple[Said, Reading]]) -> tuple[str, Reading]:
    """The words to answer: consumers split a thought over several messages."""
    asked = " ".join(without_goods(message.text) for message, _ in readings).strip()
    telling = [r for _, r in readings if r.intent not in _MERELY_SOCIAL]
    return asked, (telling or [r for _, r in readings])[-1]


def intents_of(reading: Reading) -> tuple[str, ...]:
    """What may have been meant, the likeliest first."""
    return tuple(dict.fromkeys([reading.intent, *(scored.id for scored in reading.intents)]))


_CONTENT = frozenset({"greeting", "thanks_bye", "acknowledge"})  # nobody is called at a mere 好的
_MERELY_SOCIAL = _CONTENT | {"urge_reply"}


def think(
    readings: Sequence[tuple[Said, Reading]],
    hits: Sequence[Hit],
    known: Known,
    said: Sequence[Said] = (),
) -> Thought:
    """Write drafts and decide; several messages that came together get one verdict.

    `said` is the talk so far: how it goes as a whole may ask for a person too.
    """
    meant = [(message, _meant(message, r)) for message, r in readings]
    asked, reading = question_of(meant)
    first = readings[0][0].seq == 1
    drafts = answers.write(
        Question(asked, reading, known.shop, hits, known.orders, known.products, known.now, first)
    )
    best = drafts[0] if drafts else None
    verdicts = [
        decide(r, known.strategy, best, pictures_unread=message.pictures > 0)
        for message, r in meant
        if r is reading
        or r.intent not in _MERELY_SOCIAL
        or r.emotion != "neutral"
        or message.pictures
    ]
    alarm = reading.intent not in _CONTENT and is_going_wrong(said, readings)
    verdict = watched(gravest(verdicts), known.strategy, alarm=alarm)
    return Thought(tuple(readings), tuple(drafts), verdict)


def is_going_wrong(said: Sequence[Said], readings: Sequence[tuple[Said, Reading]]) -> bool:
    """Whether the talk so far is likely to end in dissatisfaction; a few words are too few to tell."""
    # What a person has looked after is theirs: the machine judges its own part of the talk.
    persons = [place for place, message in enumerate(said) if message.by_person]
    own = said[persons[-1] + 1 :] if persons else said
    if sum(not message.ours for message in own) < TURNS_THAT_TELL:
        return False
    fresh: dict[int, Felt] = {message.seq: reading for message, reading in readings}
    turns = understanding.felt_turns(
        ("agent" if m.ours else "consumer", m.text, fresh.get(m.seq, m.felt)) for m in own
    )
    return understanding.read_conversation(turns).alarm


def _meant(message: Said, reading: Reading) -> Reading:
    """A reading as it counts for the decision: thanks and calls are plain from the words alone."""
    merely = answers.courtesy_in(message.text)
    return replace(reading, intent=merely, confident=True) if merely else reading


def calls_again(thought: Thought) -> bool:
    """Whether the newest words ask where everybody is."""
    return _meant(*thought.readings[-1]).intent == "urge_reply"
