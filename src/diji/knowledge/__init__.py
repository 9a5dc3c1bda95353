"""What the shop knows: articles and scripts, found by what a consumer asks."""

from .actions import keep_articles, retire_article, write_article
from .index import ArticleIndex
from .queries import articles, fresh_index, get_article, search, warm_up
from .rules import ArticleView, Hit, Scope, figures_beyond

__all__ = [
    "ArticleIndex",
    "ArticleView",
    "Hit",
    "Scope",
    "articles",
    "figures_beyond",
    "fresh_index",
    "get_article",
    "keep_articles",
    "retire_article",
    "search",
    "warm_up",
    "write_article",
]
