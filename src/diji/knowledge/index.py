"""Finds articles: tantivy over character pairs proposes, closeness of the questions decides."""

import math
import threading
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .rules import (
    LEAST_SPOKEN_OF,
    ArticleView,
    Hit,
    Question,
    Scope,
    Weights,
    closeness,
    coverage,
    gist,
    grams,
    holds,
    nearness,
    question,
    spoken_share,
    stands_whole,
)

CANDIDATES = 24
LONGEST_QUESTION = 500  # characters; the rest of a longer text is not searched for


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One state of the index; a search holds on to it while the next is being made."""

    articles: dict[str, ArticleView]
    texts: dict[str, "_Text"]
    questions: dict[str, list[Question]]
    weights: Weights
    version: int


@dataclass(frozen=True, slots=True)
class _Text:
    """The bags of grams of one article: each of its questions, all of them, and the rest."""

    asks: list[tuple[str, Counter[str]]]
    asked: Counter[str]
    body: Counter[str]


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
        self._shelf = _Shelf({}, {}, {}, Weights({}, 1.0, 0.0, 0.0), 0)
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
            texts = {i: t for i, t in old.texts.items() if i not in gone}
            texts |= {a.id: _text(a) for a in changed.values()}
            self._write(changed.values(), gone & set(old.articles))
            weights = _weigh(texts)
            questions = {
                i: [question(words, bag, weights.of, weights.unseen) for words, bag in text.asks]
                for i, text in texts.items()
            }
            newest = max(version, old.version)
            self._shelf = _Shelf(kept, texts, questions, weights, newest)

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

    def search(
        self, text: str, scope: Scope, *, limit: int = 5, seen: frozenset[str] | None = None
    ) -> list[Hit]:
        """The articles nearest to what was asked, nearest first; only such as hold in the scope.

        `seen` are the shops of who asks (None: all of them).
        """
        shelf = self._shelf
        words = gist(text[:LONGEST_QUESTION])
        bag = Counter(grams(words))
        if not bag or not shelf.articles:
            return []
        asked = question(words, bag, shelf.weights.of, shelf.weights.unseen)
        holding = self._holding(shelf, bag, scope, seen)
        hits = [_hit(shelf, article, asked, scope) for article in holding]
        return sorted(hits, key=lambda hit: hit.closeness, reverse=True)[:limit]

    def _holding(
        self, shelf: _Shelf, bag: Counter[str], scope: Scope, seen: frozenset[str] | None
    ) -> list[ArticleView]:
        """Candidates that hold; looked for further down while too many above do not."""
        most = CANDIDATES
        while True:
            found = self._candidates(bag, most)
            known = [shelf.articles[i] for i in found if i in shelf.articles]
            holding = [article for article in known if holds(article, scope)]
            if seen is not None:
                holding = [article for article in holding if may_read(seen, article.shops)]
            if len(holding) >= CANDIDATES // 2 or len(found) < most:
                return holding[:CANDIDATES]
            most *= 8

    def _candidates(self, bag: Counter[str], most: int) -> list[str]:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        terms = [
            (occur.Should, query.term_query(self._index.schema, name, g))
            for g in bag
            for name in _FIELDS
        ]
        searcher = self._index.searcher()
        found = searcher.search(query.boolean_query(terms), most, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in found]


def may_read(seen: frozenset[str] | None, shops: Collection[str]) -> bool:
    """Whether who sees these shops (None: all) may read what is for those (none named: for all)."""
    return seen is None or not shops or not seen.isdisjoint(shops)


def _text(article: ArticleView) -> _Text:
    asks = [(q, Counter(grams(q))) for q in _asks(article)]
    asked = Counter(gram for _, bag in asks for gram in bag.elements())
    return _Text(asks, asked, Counter(grams(f"{article.body} {article.reply}")))


def _asks(article: ArticleView) -> list[str]:
    return [article.title, *article.questions]


def _weigh(texts: dict[str, _Text]) -> Weights:
    """Rare grams say more: inverse frequency over whole articles."""
    seen = Counter(g for text in texts.values() for g in text.asked.keys() | text.body.keys())
    total = len(texts)
    weight = {g: math.log(1 + (total - n + 0.5) / (n + 0.5)) for g, n in seen.items()}
    lengths = [(text.asked.total(), text.body.total()) for text in texts.values()]
    asked, body = (
        (sum(part) / total for part in zip(*lengths, strict=True)) if total else (0.0, 0.0)
    )
    return Weights(weight, math.log(1 + (total + 0.5) / 0.5), asked, body)


def _hit(shelf: _Shelf, article: ArticleView, asked: Question, scope: Scope) -> Hit:
    near, known = max(
        ((closeness(asked, q), q) for q in shelf.questions[article.id]),
        key=lambda found: (found[0], found[1].text),
    )
    text = shelf.texts[article.id]
    spoken = coverage(asked, text.asked, text.body, shelf.weights)
    share = spoken_share(asked, text.asked, text.body)
    whole = share >= LEAST_SPOKEN_OF or stands_whole(known, asked)
    return Hit(article, nearness(near, spoken, article, scope, whole=whole), known.text)


_FIELDS = ("asked", "body")
