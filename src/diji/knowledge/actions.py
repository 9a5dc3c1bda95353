"""What can be done with the shop's knowledge."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import ArticleChanged, new_id
from diji.foundation import (
    Invalid,
    NotFound,
    add_many,
    add_new,
    own,
    own_insert,
    own_update,
    record,
    run,
)

from .models import Article, KnowledgeVersion
from .queries import knowledge_version

_TEXTS = {"title": 120, "body": 20_000, "reply": 4_000}


def _next_version(session: Session) -> int:
    version = knowledge_version(session) + 1
    if not add_new(session, KnowledgeVersion, version=version):
        run(session, own_update(session, KnowledgeVersion).values(version=version))
    return version


def write_article(
    session: Session, words: dict[str, Any], *, article_id: str | None = None, now: datetime
) -> str:
    """Write a new article, or change the one with this id."""
    for field, longest in _TEXTS.items():
        if not str(words.get(field, "")).strip():
            raise Invalid(f"缺少{field}", f"{field} is missing", field=field)
        if len(words[field]) > longest:
            raise Invalid(
                f"{field} 最多 {longest} 字",
                f"{field} has at most {longest} characters",
                field=field,
            )
    values = {**words, "version": _next_version(session), "changed_at": now, "retired": False}
    chosen = article_id or new_id()
    there = session.execute(own(session, Article.id).where(Article.id == chosen)).first()
    if there:
        run(session, own_update(session, Article).where(Article.id == chosen).values(**values))
    else:
        run(session, own_insert(session, Article, id=chosen, **values))
    record(session, ArticleChanged(article_id=chosen, happened_at=now))
    return chosen


def keep_articles(session: Session, rows: list[dict[str, Any]], *, now: datetime) -> int:
    """Store articles that come from elsewhere, each with its `id`; those that are there stay as they are."""
    known = set(
        session.scalars(own(session, Article.id).where(Article.id.in_([row["id"] for row in rows])))
    )
    fresh = [row for row in rows if row["id"] not in known]
    if fresh:
        values = {"version": _next_version(session), "changed_at": now, "retired": False}
        add_many(
            session,
            Article,
            [{"valid_from": None, "valid_to": None, **row, **values} for row in fresh],
        )
    for row in fresh:
        record(session, ArticleChanged(article_id=row["id"], happened_at=now))
    return len(fresh)


def retire_article(session: Session, article_id: str, *, now: datetime) -> None:
    """Nobody finds it any more; what was said with its words stays explainable."""
    retired = own_update(session, Article).where(Article.id == article_id)
    changed = run(
        session, retired.values(retired=True, version=_next_version(session), changed_at=now)
    )
    if changed.rowcount == 0:
        raise NotFound("没有这篇知识", "There is no such article", article=article_id)
    record(session, ArticleChanged(article_id=article_id, happened_at=now))
