"""What can be done with the shop's knowledge."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji.events import ArticleChanged, new_id
from diji.foundation import (
    Invalid,
    NotAllowed,
    NotFound,
    add_many,
    add_new,
    binding,
    own,
    own_insert,
    own_update,
    record,
    run,
)

from .index import may_read
from .models import Article, KnowledgeVersion
from .queries import knowledge_version

_TEXTS = {"title": 120, "body": 20_000, "reply": 4_000}


def _next_version(session: Session) -> int:
    version = knowledge_version(session) + 1
    if not add_new(session, KnowledgeVersion, version=version):
        run(session, own_update(session, KnowledgeVersion).values(version=version))
    return version


def _shops_of(session: Session, article_id: str) -> list[str] | None:
    """The shops that an article is for; None when there is no such article."""
    found: list[str] | None = session.execute(
        own(session, Article.shops).where(Article.id == article_id)
    ).scalar()
    return found


def _may_change(session: Session, article_id: str, shops: Collection[str] | None) -> None:
    """A member of some shops changes what is for theirs alone, and hears nothing of what is for others."""
    seen = binding(session).actor.shops
    if seen is None or shops is None:
        return
    if not may_read(seen, shops):
        raise _no_article(article_id)
    if not shops or not seen.issuperset(shops):
        raise NotAllowed(
            "用于所有店铺或别的店铺的知识，只有看得到那些店铺的人能改；您可以写只用于自己店铺的知识",
            "Only who sees all the shops that an article is for may change it; "
            "you may write what is for your own shops",
            article=article_id,
        )


def _may_be_for(session: Session, shops: Collection[str]) -> None:
    """A member of some shops writes for theirs alone; what is for every shop needs who sees every shop."""
    seen = binding(session).actor.shops
    if seen is not None and (not shops or not seen.issuperset(shops)):
        raise NotAllowed(
            "请选择您自己的店铺：用于所有店铺或别的店铺的知识，只有看得到那些店铺的人能写",
            "Choose among your own shops: only who sees all the shops that an article is for may write it",
        )


def _no_article(article_id: str) -> NotFound:
    return NotFound("没有这篇知识", "There is no such article", article=article_id)


def write_article(
    session: Session, words: dict[str, Any], *, article_id: str | None = None, now: datetime
) -> str:
    """Write a new article, or change the one with this id; both are for shops that the actor sees."""
    for field, longest in _TEXTS.items():
        if not str(words.get(field, "")).strip():
            raise Invalid(f"缺少{field}", f"{field} is missing", field=field)
        if len(words[field]) > longest:
            raise Invalid(
                f"{field} 最多 {longest} 字",
                f"{field} has at most {longest} characters",
                field=field,
            )
    chosen = article_id or new_id()
    before = _shops_of(session, chosen)
    _may_change(session, chosen, before)
    _may_be_for(session, words.get("shops", before or ()))
    values = {**words, "version": _next_version(session), "changed_at": now, "retired": False}
    if before is not None:
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
    for row in fresh:
        _may_be_for(session, row["shops"])
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
    _may_change(session, article_id, _shops_of(session, article_id))
    retired = own_update(session, Article).where(Article.id == article_id)
    changed = run(
        session, retired.values(retired=True, version=_next_version(session), changed_at=now)
    )
    if changed.rowcount == 0:
        raise _no_article(article_id)
    record(session, ArticleChanged(article_id=article_id, happened_at=now))
