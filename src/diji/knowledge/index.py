"""Finds articles: tantivy over character pairs proposes, closeness of the questions decides."""

import math
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .rules import (
    ArticleView,
    Hit,
    Question,
    Scope,
    closeness,
    grams,
    holds,
    question,
    relevance,
)

CANDIDATES = 24
LONGEST_QUESTION = 500  # characters; the rest of a longer text is not searched for


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One state of the index; a search holds on to it while the next is being made."""

    articles: dict[str, ArticleView]
    bags: dict[str, list[tuple[str, Counter[str]]]]
    questions: dict[str, list[Question]]
    weight: dict[str, float]
    unseen: float
    version: int


class ArticleIndex:
    """An index in memory; it can be thrown away and built again (300 articles in 40 ms)."""

    def __init__(self, articles: Iterable[ArticleView] = ()) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in _FIELDS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._tantivy = tantivy
        self._index = tantivy.Index(schema.build())
        self._shelf = _Shelf({}, {}, {}, {}, 1.0, 0)
        self._lock = threading.Lock()
        self.update(articles, retired=())

    def __len__(self) -> int:
        return len(self._shelf.articles)

    @property
    def version(self) -> int:
        return self._shelf.version

    def update(
        self, articles: Iterable[ArticleView], *, retired: Iterable[str], version: int = 0
    ) -> None:
        """Take in changed articles and drop retired ones; searches see the old state until it is done."""
        changed = {a.id: a for a in articles}
        with self._lock:
            if version and version <= self._shelf.version:
                return  # another thread was faster
            old = self._shelf
            gone = {*retired, *changed}
            kept = {i: a for i, a in old.articles.items() if i not in gone} | changed
            bags = {i: q for i, q in old.bags.items() if i not in gone}
            bags |= {a.id: [(q, Counter(grams(q))) for q in _asks(a)] for a in changed.values()}
            self._write(changed.values(), gone & set(old.articles))
            weight, unseen = _weights(bags)
            questions = {
                i: [question(text, bag, weight, unseen) for text, bag in asks]
                for i, asks in bags.items()
            }
            newest = max(version, old.version)
            self._shelf = _Shelf(kept, bags, questions, weight, unseen, newest)

    def _write(self, articles: Iterable[ArticleView], gone: set[str]) -> None:
        writer = self._index.writer(heap_size=15_000_000, num_threads=1)
        for article_id in gone:
            writer.delete_documents_by_term("id", article_id)
        for article in articles:
            document = self._tantivy.Document()
            document.add_text("id", article.id)
            document.add_text("asked", " ".join(g for q in _asks(article) for g in grams(q)))
            document.add_text("body", " ".join(grams(f"{article.body} {article.reply}")))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, text: str, scope: Scope, *, limit: int = 5) -> list[Hit]:
        """The articles nearest to what was asked, nearest first."""
        shelf = self._shelf
        bag = Counter(grams(text[:LONGEST_QUESTION]))
        if not bag or not shelf.articles:
            return []
        asked = question(text, bag, shelf.weight, shelf.unseen)
        found = (shelf.articles[i] for i in self._candidates(bag) if i in shelf.articles)
        hits = [_hit(shelf, article, asked, scope) for article in found if holds(article, scope)]
        return sorted(hits, key=lambda hit: hit.closeness, reverse=True)[:limit]

    def _candidates(self, bag: Counter[str]) -> list[str]:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        terms = [
            (occur.Should, query.boost_query(query.term_query(self._index.schema, name, g), boost))
            for g in bag
            for name, boost in _FIELDS.items()
        ]
        searcher = self._index.searcher()
        found = searcher.search(query.boolean_query(terms), CANDIDATES, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in found]


def _asks(article: ArticleView) -> list[str]:
    return [article.title, *article.questions]


def _weights(bags: dict[str, list[tuple[str, Counter[str]]]]) -> tuple[dict[str, float], float]:
    """Rare grams say more: inverse frequency over the articles' questions."""
    seen = Counter(g for asks in bags.values() for g in {g for _, bag in asks for g in bag})
    total = len(bags) + 1
    return {g: math.log(1 + total / n) for g, n in seen.items()}, math.log(1 + total)


def _hit(shelf: _Shelf, article: ArticleView, asked: Question, scope: Scope) -> Hit:
    near, known = max((closeness(asked, q), q.text) for q in shelf.questions[article.id])
    return Hit(article, relevance(near, article, scope), known)


_FIELDS = {"asked": 2.0, "body": 0.6}
