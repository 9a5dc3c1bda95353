"""The shop's knowledge: search it, read it, write it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter
from pydantic import AwareDatetime, Field, ValidationError

from diji.foundation import Shape
from diji.team import EVERYONE, TRAINERS, Asker, may

from . import actions, queries
from .rules import ArticleView, Scope, loose_figures

_LOG = structlog.get_logger("diji.knowledge")
router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])


Number = int | Annotated[float, Field(allow_inf_nan=False)]
Fact = str | bool | Number | list[str | Number] | None


class ArticleOut(Shape):
    id: str
    kind: Literal["article", "script"]
    title: str
    questions: list[str]
    body: str
    reply: str
    intents: list[str]
    products: list[str]
    shops: list[str]
    category: str
    facts: dict[str, Fact]
    valid_from: datetime | None
    valid_to: datetime | None
    version: int
    loose_figures: list[str]  # figures of the reply that nothing else of the article says


Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(9000, 1, 1, tzinfo=UTC))
]


class ArticleIn(Shape):
    kind: Literal["article", "script"] = "article"
    title: str = Field(max_length=120)
    questions: list[str] = Field([], max_length=50)
    body: str = Field("", max_length=20_000)  # left empty, the reply is all there is to know
    reply: str = Field(max_length=4_000)
    intents: list[str] = []
    products: list[str] = []
    shops: list[str] = []
    category: str = ""
    facts: dict[str, Fact] = {}
    valid_from: Moment | None = None
    valid_to: Moment | None = None


class HitOut(Shape):
    article: ArticleOut
    closeness: float
    question: str


@router.get("/search")
async def search(
    q: str, shop: str | None = None, limit: int = 8, asker: Asker = may(EVERYONE)
) -> list[HitOut]:
    scope = Scope(shop_id=shop, now=datetime.now(UTC))
    hits = await asker.store.read(queries.search, q, scope, limit=min(max(limit, 1), 50))
    shown = {article.id: article for article in _shown_all(hit.article for hit in hits)}
    return [
        HitOut(article=shown[hit.article.id], closeness=hit.closeness, question=hit.question)
        for hit in hits
        if hit.article.id in shown
    ]


@router.get("/articles")
async def articles(
    q: str = "", kind: str = "", limit: int = 100, offset: int = 0, asker: Asker = may(EVERYONE)
) -> list[ArticleOut]:
    found = await asker.store.read(
        queries.articles, words=q, kind=kind, limit=min(max(limit, 1), 500), offset=max(offset, 0)
    )
    return _shown_all(found)


@router.get("/articles/{article_id}")
async def article(article_id: str, asker: Asker = may(EVERYONE)) -> ArticleOut:
    return _shown(await asker.store.read(queries.get_article, article_id))


@router.post("/articles", status_code=201)
async def write(words: ArticleIn, asker: Asker = may(TRAINERS)) -> ArticleOut:
    chosen = await asker.store.write(actions.write_article, _kept(words), now=datetime.now(UTC))
    return await article(chosen, asker)


@router.put("/articles/{article_id}")
async def change(article_id: str, words: ArticleIn, asker: Asker = may(TRAINERS)) -> ArticleOut:
    await asker.store.read(queries.get_article, article_id)
    await asker.store.write(
        actions.write_article, _kept(words), article_id=article_id, now=datetime.now(UTC)
    )
    return await article(article_id, asker)


@router.delete("/articles/{article_id}", status_code=204)
async def retire(article_id: str, asker: Asker = may(TRAINERS)) -> None:
    await asker.store.write(actions.retire_article, article_id, now=datetime.now(UTC))


def _shown(article: ArticleView) -> ArticleOut:
    values = {name: getattr(article, name) for name in _OF_AN_ARTICLE}
    return ArticleOut.model_validate({**values, "loose_figures": loose_figures(article)})


def _shown_all(articles: Iterable[ArticleView]) -> list[ArticleOut]:
    """All that can be shown: one odd article, come from elsewhere, does not take the list with it."""
    shown = []
    for one in articles:
        try:
            shown.append(_shown(one))
        except ValidationError as error:
            _LOG.warning("article.unreadable", article=one.id, why=str(error))
    return shown


_OF_AN_ARTICLE = [name for name in ArticleOut.model_fields if name != "loose_figures"]


def _kept(words: ArticleIn) -> dict[str, Any]:
    values = words.model_dump()
    return values | {"body": values["body"] if values["body"].strip() else values["reply"]}
