"""Reviews: taken in from files, understood, counted, and opened from every figure to their words."""

from .actions import mark_handled
from .importing import bad_rows_file, carry_on, confirm_import, import_file, propose_import
from .insight import aspects, issues, platforms, products, totals, trend, voices
from .queries import ImportView, ReviewView, get_import, get_review, imports, reviews
from .rules import ImportState, Period, Which, period_between
from .undoing import undo_all, undo_import

__all__ = [
    "ImportState",
    "ImportView",
    "Period",
    "ReviewView",
    "Which",
    "aspects",
    "bad_rows_file",
    "carry_on",
    "confirm_import",
    "get_import",
    "get_review",
    "import_file",
    "imports",
    "issues",
    "mark_handled",
    "period_between",
    "platforms",
    "products",
    "propose_import",
    "reviews",
    "totals",
    "trend",
    "undo_all",
    "undo_import",
    "voices",
]
