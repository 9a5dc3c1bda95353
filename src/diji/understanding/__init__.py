"""Text in, a Reading out: what a consumer wants, feels and suffered, and how sure that is."""

from . import grams, linear, names
from .jsonable import as_json
from .message import read, read_many
from .names import Entry
from .normalise import normalise
from .reading import (
    Aspect,
    Attachment,
    Entity,
    Message,
    Reading,
    ReviewReading,
    Scored,
    Span,
    Turn,
)
from .review import read_review, read_reviews
from .warm import warm_up

__all__ = [
    "Aspect",
    "Attachment",
    "Entity",
    "Entry",
    "Message",
    "Reading",
    "ReviewReading",
    "Scored",
    "Span",
    "Turn",
    "as_json",
    "aspects",
    "emotions",
    "flags",
    "grams",
    "intents",
    "issues",
    "linear",
    "names",
    "normalise",
    "objections",
    "read",
    "read_many",
    "read_review",
    "read_reviews",
    "sentiments",
    "stages",
    "warm_up",
]


def intents() -> tuple[Entry, ...]:
    return names.entries("intents")


def emotions() -> tuple[Entry, ...]:
    return names.entries("emotions")


def flags() -> tuple[Entry, ...]:
    return names.entries("flags")


def issues() -> tuple[Entry, ...]:
    return names.entries("issues")


def stages() -> tuple[Entry, ...]:
    return names.entries("stages")


def objections() -> tuple[Entry, ...]:
    return names.entries("objections")


def sentiments() -> tuple[Entry, ...]:
    return names.entries("sentiments")


def aspects() -> tuple[Entry, ...]:
    return names.entries("aspects")
