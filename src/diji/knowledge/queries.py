"""What can be asked of the shop's knowledge."""

from itertools import islice
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, or_
from sqlalchemy.orm import Session

from diji.foundation import NotFound, binding, do, own, own_once

from .index import ArticleIndex, may_read
from .models import Article, KnowledgeVersion
from .rules import ArticleView, Hit, Scope

# An opened database has its own: after a restore, versions begin lower again.
_INDEXES: WeakKeyDictionary[Engine, dict[str, ArticleIndex]] = WeakKeyDictionary()
_VERSION = own_once(KnowledgeVersion, "version")


def search(session: Session, text: str, scope: Scope, *, limit: int = 5) -> list[Hit]:
    """The articles that may answer, nearest first, only such as hold in this shop now and the actor may read."""
    seen = binding(session).actor.shops
    return fresh_index(session).search(text, scope, limit=limit, seen=seen)


def fresh_index(session: Session) -> ArticleIndex:
    """The index that this process keeps of the tenant, brought up to the version that the session sees."""
    kept = _INDEXES.setdefault(session.get_bind().engine, {})
    index = kept.setdefault(binding(session).tenant_id, ArticleIndex())
    version = knowledge_version(session)
    if index.version < version:
        changed = session.scalars(
            own(session, Article).where(Article.version > index.version)
        ).all()
        valid = [article_view(a) for a in changed if not a.retired]
        index.update(valid, retired=[a.id for a in changed if a.retired], version=version)
    return index


def warm_up(session: Session) -> int:
    """Build the index before the first question; says how many articles it holds."""
    return len(fresh_index(session))


def knowledge_version(session: Session) -> int:
    return int(do(session, _VERSION).scalar() or 0)


def articles(
    session: Session, *, words: str = "", kind: str = "", limit: int = 100, offset: int = 0
) -> list[ArticleView]:
    rows = own(session, Article).where(Article.retired.is_(False))
    if kind:
        rows = rows.where(Article.kind == kind)
    if words.strip():
        texts = (Article.title, Article.reply, Article.body)
        rows = rows.where(or_(*(t.contains(words.strip(), autoescape=True) for t in texts)))
    rows = rows.order_by(Article.id)
    seen = binding(session).actor.shops
    if seen is None:
        return [article_view(a) for a in session.scalars(rows.limit(limit).offset(offset))]
    # Shops are a list within the row: what a member of some shops may read is counted here.
    theirs = (a for a in session.scalars(rows) if may_read(seen, a.shops))
    return [article_view(a) for a in islice(theirs, offset, offset + limit)]


def get_article(session: Session, article_id: str) -> ArticleView:
    found = session.scalars(own(session, Article).where(Article.id == article_id)).first()
    seen = binding(session).actor.shops
    if found is None or found.retired or not may_read(seen, found.shops):
        raise NotFound("没有这篇知识", "There is no such article", article=article_id)
    return article_view(found)


def article_view(a: Article) -> ArticleView:
    return ArticleView(
        a.id,
        a.kind,
        a.title,
        tuple(a.questions),
        a.body,
        a.reply,
        tuple(a.intents),
        tuple(a.products),
        tuple(a.shops),
        a.category,
        a.facts,
        a.valid_from,
        a.valid_to,
        a.version,
    )
