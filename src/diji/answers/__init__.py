"""Words for a consumer: written from what is known, held against it by the promise guard."""

from .courtesy import courtesy_in
from .guard import doubts_about
from .rules import Draft, Kind, Source
from .writing import Question, write

__all__ = ["Draft", "Kind", "Question", "Source", "courtesy_in", "doubts_about", "write"]
