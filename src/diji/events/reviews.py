"""What can happen to reviews."""

from .base import Event


class ReviewImportAdvanced(Event):
    """An import has come this far; the screen draws its progress from it."""

    shop_id: str
    import_id: str
    done: int
    total: int
    state: str


class ReviewsImported(Event):
    """New reviews are stored and read."""

    shop_id: str
    import_id: str
    added: int


class ReviewsWithdrawn(Event):
    """An import was taken back: the reviews that it had added are gone."""

    shop_id: str
    import_id: str
    withdrawn: int


class ReviewHandled(Event):
    """Somebody has seen to a review, or took that back."""

    shop_id: str
    review_id: str
    handled: bool
