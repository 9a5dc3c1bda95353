"""Text in, a Reading out: what a consumer wants, feels and suffered, and how sure that is."""

from . import (
    conversation,
    felt,
    grams,
    heads,
    letters,
    linear,
    names,
    net,
    review_heads,
    review_tone,
    review_view,
    signs,
    tables,
    trouble,
    views,
)
from .cards import plain_of
from .catalogue import Catalogue
from .clauses import clauses
from .conversation import ConversationReading, read_conversation
from .felt import Felt, FeltTurn, felt_turns
from .files import Unreadable
from .grams import Grams
from .jsonable import as_json
from .message import Shop, read, read_many
from .names import Entry
from .normalise import for_models, heard, normalise
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
from .review import Models, is_standard, read_review, read_reviews, read_with
from .review_grams import review_grams
from .review_view import Reviews
from .warm import warm_up
from .wordlists import WordList

__all__ = [
    "Aspect",
    "Attachment",
    "Catalogue",
    "ConversationReading",
    "Entity",
    "Entry",
    "Felt",
    "FeltTurn",
    "Grams",
    "Message",
    "Models",
    "Reading",
    "ReviewReading",
    "Reviews",
    "Scored",
    "Shop",
    "Span",
    "Turn",
    "Unreadable",
    "WordList",
    "as_json",
    "aspects",
    "clauses",
    "conversation",
    "emotions",
    "felt",
    "felt_turns",
    "flags",
    "for_models",
    "grams",
    "heads",
    "heard",
    "intents",
    "is_standard",
    "issues",
    "letters",
    "linear",
    "names",
    "net",
    "normalise",
    "objections",
    "plain_of",
    "read",
    "read_conversation",
    "read_many",
    "read_review",
    "read_reviews",
    "read_with",
    "review_grams",
    "review_heads",
    "review_tone",
    "review_view",
    "sentiments",
    "signs",
    "stages",
    "tables",
    "trouble",
    "views",
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
