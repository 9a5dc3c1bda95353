"""What can be asked of the shop's knowledge."""

from weakref import WeakKeyDictionary

from sqlalchemy import Engine, or_
from sqlalchemy.orm import Session

from diji.foundation import NotFound, binding, own

from .index import ArticleIndex
from .models import Article, KnowledgeVersion
from .rules import ArticleView, Hit, Scope

# An opened database has its own: after a restore, versions begin lower again.
_INDEXES: WeakKeyDictionary[Engine, dict[str, ArticleIndex]] = WeakKeyDictionary()


def search(session: Session, text: str, scope: Scope, *, limit: int = 5) -> list[Hit]:
    """The articles that may answer, nearest first, only such as hold in this shop now."""
    return fresh_index(session).search(text, scope, limit=limit)


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
    row = session.execute(own(session, KnowledgeVersion.version)).first()
    return int(row[0]) if row else 0


def articles(
    session: Session, *, words: str = "", kind: str = "", limit: int = 100, offset: int = 0
) -> list[ArticleView]:
    rows = own(session, Article).where(Article.retired.is_(False))
    if kind:
        rows = rows.where(Article.kind == kind)
    if words.strip():
        texts = (Article.title, Article.reply, Article.body)
        rows = rows.where(or_(*(t.contains(words.strip(), autoescape=True) for t in texts)))
    return [
        article_view(a)
        for a in session.scalars(rows.order_by(Article.id).limit(limit).offset(offset))
    ]


def get_article(session: Session, article_id: str) -> ArticleView:
    found = session.scalars(own(session, Article).where(Article.id == article_id)).first()
    if found is None or found.retired:
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
