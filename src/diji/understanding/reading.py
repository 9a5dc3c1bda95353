"""What comes out of understanding: readings, and the small values they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["consumer", "agent"]
AttachmentKind: TypeAlias = Literal["picture", "voice", "video", "product", "order", "file"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said earlier in the same conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent beside the words; ``described`` is None as long as nothing has read it."""

    kind: AttachmentKind
    described: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """An id of the taxonomy and how probable it is."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Span:
    """The words that speak for something: ``text`` is the original's ``[start:end]``."""

    of: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the text, with a value that code can use (fen, ISO-like dates, cm)."""

    kind: str
    text: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """What a clause of a review speaks of, and how."""

    id: str
    sentiment: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How one message of a consumer is understood."""

    intent: str
    intents: tuple[Scored, ...]
    out_of_scope: float
    emotion: str
    emotion_scores: dict[str, float]
    intensity: float
    flags: tuple[str, ...]
    issues: tuple[Scored, ...]
    entities: tuple[Entity, ...]
    needs_human: float
    reasons: tuple[str, ...]
    ambiguous: bool
    confident: bool
    sentiment: str
    sentiment_scores: dict[str, float]
    stage: str | None
    objection: str | None
    because: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReviewReading:
    """How one review is understood."""

    sentiment: str
    sentiment_scores: dict[str, float]
    mixed: bool
    aspects: tuple[Aspect, ...]
    issues: tuple[Scored, ...]
    confident: bool
    because: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message with what surrounds it, for reading many at once."""

    text: str
    context: tuple[Turn, ...] = ()
    attachments: tuple[Attachment, ...] = ()
