"""What can happen to what the shop knows."""

from .base import Event


class ArticleChanged(Event):
    """An article was written, changed or retired."""

    article_id: str
