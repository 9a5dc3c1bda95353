"""Consumers: who writes to us, and how each channel calls them."""

from .actions import describe, give_token, keep_consumers, recognise, welcome_visitor
from .queries import (
    ConsumerView,
    Visitor,
    consumers,
    find_known,
    find_visitor,
    get_consumer,
    ids_named,
    names_of,
)
from .rules import is_signed, signature_of

__all__ = [
    "ConsumerView",
    "Visitor",
    "consumers",
    "describe",
    "find_known",
    "find_visitor",
    "get_consumer",
    "give_token",
    "ids_named",
    "is_signed",
    "keep_consumers",
    "names_of",
    "recognise",
    "signature_of",
    "welcome_visitor",
]
