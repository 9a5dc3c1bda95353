"""What an article is, and how close a question is to it."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Something the shop knows; empty `products` or `shops` means all of them."""

    id: str
    kind: str
    title: str
    questions: tuple[str, ...]
    body: str
    reply: str
    intents: tuple[str, ...]
    products: tuple[str, ...]
    shops: tuple[str, ...]
    category: str
    facts: dict[str, Any]
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that may answer; `closeness` 0..1 says how near the question is to one that it answers."""

    article: ArticleView
    closeness: float
    question: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when an answer must hold, and what the talk is about: intents, the likeliest first."""

    shop_id: str | None
    now: datetime
    intents: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


def grams(text: str) -> list[str]:
    """Characters and pairs of characters, the units in which Chinese is searched; letters and digits by run."""
    units: list[str] = []
    for run in _runs(text.lower()):
        if run[0].isascii():
            units.append(run)
        else:
            units.extend(run)
            units.extend(run[i : i + 2] for i in range(len(run) - 1))
    return units


def _runs(text: str) -> Iterable[str]:
    run = ""
    for character in text:
        kind = character.isalnum()
        same = run and kind and run[-1].isascii() == character.isascii()
        if run and not same:
            yield run
            run = ""
        if kind:
            run += character
    if run:
        yield run


# Courtesy says nothing about what is asked, and is rare enough in articles to weigh a lot there.
_COURTESY = re.compile(
    r"[你您]好|在[吗么不]|有人吗|请问|麻烦|谢谢|感谢|帮我看一?下|亲亲?|哈喽|哈啰|hello|想?问一?下",
    re.IGNORECASE,
)


def gist(text: str) -> str:
    """The words without courtesy; all of them when there is nothing else."""
    bare = _COURTESY.sub(" ", text)
    return bare if any(c.isalnum() for c in bare) else text


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a bag of grams; `squares` are their weights squared, times their number.

    `core` are its letters alone, to see whether it stands whole in another.
    """

    text: str
    core: str
    bag: Counter[str]
    squares: dict[str, float]
    length: float


def closeness(asked: Question, known: Question) -> float:
    """Weighted cosine: 1 for the same words, 0 for none in common; words around a known question take little away."""
    lengths = asked.length * known.length
    if not lengths:
        return 0.0
    mine, theirs = asked.squares, known.squares
    near = sum(min(mine[gram], theirs[gram]) for gram in mine.keys() & theirs.keys()) / lengths
    if not stands_whole(known, asked):
        return near
    # By length too: where few articles are known, every word around the question seems rare.
    return max(math.sqrt(near), math.cbrt(len(known.core) / len(asked.core)))


LEAST_WHOLE = 4  # characters; a shorter question stands in too many others


def _core(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def question(text: str, bag: Counter[str], weight: dict[str, float], unseen: float) -> Question:
    """A bag of grams with its length; `unseen` is the weight of a gram that no article has."""
    squares = {gram: weight.get(gram, unseen) ** 2 * count for gram, count in bag.items()}
    return Question(text, _core(text), bag, squares, math.sqrt(sum(squares.values())))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a gram says: inverse frequency over all articles; the mean lengths are for BM25."""

    of: dict[str, float]
    unseen: float
    asked_length: float
    body_length: float


def spoken_share(asked: Question, asks: Counter[str], body: Counter[str]) -> float:
    """The share of what was asked, by weight, that an article has words for."""
    spoken = sum(square for gram, square in asked.squares.items() if gram in asks or gram in body)
    return spoken / (asked.length**2 or 1.0)


def stands_whole(known: Question, asked: Question) -> bool:
    """Whether a known question stands word for word in what was asked, with talk around it."""
    return len(known.core) >= LEAST_WHOLE and known.core in asked.core


def coverage(asked: Question, asks: Counter[str], body: Counter[str], weights: Weights) -> float:
    """How much of what was asked an article speaks of, 0..1: half BM25 over both its fields, half plain share."""
    weigh = weights.of
    total = sum(weigh.get(gram, weights.unseen) for gram in asked.bag) or 1.0
    scored = _bm25(asked.bag, asks, weights.asked_length, weigh)
    scored += _bm25(asked.bag, body, weights.body_length, weigh)
    return 0.5 * scored / ((_K + 1) * total) + 0.5 * spoken_share(asked, asks, body)


_K, _B = 1.2, 0.5


def _bm25(bag: Counter[str], field: Counter[str], mean: float, weigh: dict[str, float]) -> float:
    damp = _K * (1 - _B + _B * field.total() / mean) if mean else 1.0
    return sum(weigh[g] * field[g] * (_K + 1) / (field[g] + damp) for g in bag if g in field)


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CHINESE_FIGURE = re.compile(
    r"[一二三四五六七八九十两百千半]+(?=[天日小时分钟周月年元块折次件包倍])"
)


def figures_beyond(text: str, ground: str) -> list[str]:
    """The figures of a text that its ground does not have, in digits or in words, each once."""
    figures = [*_FIGURE.findall(text), *_CHINESE_FIGURE.findall(text)]
    return list(dict.fromkeys(f for f in figures if not _stands_in(f, ground)))


def _stands_in(figure: str, ground: str) -> bool:
    """A whole figure: 9 does not stand in 59, nor 59 in 59.5, but in 59.00."""
    whole = rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?!\d)(?!\.\d*[1-9])"
    return re.search(whole, ground) is not None


def loose_figures(article: ArticleView) -> list[str]:
    """The figures of an article's reply that nothing else of it says: a slip of its author, most likely."""
    facts = map(str, article.facts.values())
    ground = [article.body, article.title, *article.questions, *facts]
    return figures_beyond(article.reply, "\n".join(ground))


def holds(article: ArticleView, scope: Scope) -> bool:
    """Whether an article is valid in this shop at this time; asked before anything is ranked."""
    if article.shops and scope.shop_id and scope.shop_id not in article.shops:
        return False
    begun = article.valid_from is None or article.valid_from <= scope.now
    return begun and (article.valid_to is None or scope.now < article.valid_to)


def _agreement(article: ArticleView, scope: Scope) -> float:
    """How far the article is about what was meant: the likeliest intent counts most."""
    if not article.intents:
        return 1.0  # whoever wrote it did not say
    if scope.intents[0] in article.intents:
        return 1.25
    return 1.1 if set(scope.intents) & set(article.intents) else 0.9


def relevance(near: float, article: ArticleView, scope: Scope) -> float:
    """Nearness of words, raised where intent and product agree, lowered where the product is another."""
    score = near
    if scope.intents:
        score *= _agreement(article, scope)
    if article.products:
        score *= 1.2 if set(article.products) & set(scope.products) else 0.72
    if article.kind == "script":
        score *= 0.9
    return min(score, 1.0)


MERELY_SPOKEN_OF = 0.5  # an article that speaks of it is worth showing, never sure to be the answer


LEAST_SPOKEN_OF = 0.6  # of what was asked; 运费谁出 is not answered by how seven days are counted


def nearness(
    near: float, spoken: float, article: ArticleView, scope: Scope, *, whole: bool
) -> float:
    """How likely an article is to answer: the very question counts in full, what it speaks of up to a half.

    `whole`: the article speaks of most of what was asked; one that does not is never sure to be the answer.
    """
    most = 1.0 if whole else MERELY_SPOKEN_OF
    return max(
        min(relevance(near, article, scope), most),
        min(relevance(spoken, article, scope), MERELY_SPOKEN_OF),
    )
