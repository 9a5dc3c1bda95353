"""The machine at the desk: it takes a turn on each message and knows when to lay down the pen."""

from .actions import change_strategy
from .api import show_suggestion
from .queries import strategy_of, suggestions_by_id, suggestions_for
from .replay import read_recordings, replay, summary
from .rules import Decision, Mode, Strategy

__all__ = [
    "Decision",
    "Mode",
    "Strategy",
    "change_strategy",
    "read_recordings",
    "replay",
    "show_suggestion",
    "strategy_of",
    "suggestions_by_id",
    "suggestions_for",
    "summary",
]
