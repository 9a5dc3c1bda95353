"""Words for a consumer: written from what is known, held against it by the promise guard."""

from .guard import doubts_about
from .rules import Draft, Kind, Source
from .writing import Question, write

__all__ = ["Draft", "Kind", "Question", "Source", "doubts_about", "write"]
