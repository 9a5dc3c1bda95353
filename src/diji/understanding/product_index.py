"""Finds product names, parts of them and misspelt ones in a text, fast, by looking words up."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Blanks and joints between the letters of a name; people write them or leave them out.
_JOINTS = frozenset(" \t-_·.•/")
_WORDS = re.compile(r"[a-z0-9][a-z0-9.+\-]*|[\u3400-\u9fff]+")
# Words of grammar and counting: a stretch that begins or ends with one was cut through a sentence.
_GRAMMAR = re.compile(
    r"^[的了是我你他她这那就都也很不没有在和与或一二三四五六七八九十两几个自会能要]|[的了吗呢吧啊们么一个个]$"
)
_SHORTEST, _LONGEST_PART, _LONGEST_HEAD, _LONGEST_TAIL = 2, 12, 3, 5
_FEW = 5
# Letters between two parts of one name in speech: 海尔的那个洗衣机.
_FAR = 3
_BETWEEN = re.compile(r"[的那这个款件]*$")
_SHORTEST_FUZZY, _LONG_FUZZY = 4, 7
# A pair of letters that more terms than this share tells nothing about a misspelling.
_MOST_SHARING = 24


@dataclass(frozen=True, slots=True)
class Terms:
    """The normalised words of one product."""

    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    """One place of the squeezed text and the products that it may mean."""

    start: int
    end: int
    numbers: frozenset[int]
    alone: bool  # enough to be a mention by itself


class ProductIndex:
    """Words → products, and pairs of letters → words, for those that are misspelt."""

    def __init__(self, products: Sequence[Terms]) -> None:
        owners, naming = _gathered(products)
        self._owners = {term: frozenset(numbers) for term, numbers in owners.items()}
        self._alone = frozenset(
            term
            for term, numbers in self._owners.items()
            if term in naming or (len(numbers) <= _FEW and _is_telling(term))
        )
        lengths: dict[str, set[int]] = defaultdict(set)
        for term in self._owners:
            lengths[term[:_SHORTEST]].add(len(term))
        self._lengths = {
            begin: tuple(sorted(sizes, reverse=True)) for begin, sizes in lengths.items()
        }
        self._fuzzy = sorted(
            term for term in self._alone if sum(map(str.isalpha, term)) >= _SHORTEST_FUZZY
        )
        pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, term in enumerate(self._fuzzy):
            for place in range(len(term) - 1):
                pairs[term[place : place + 2]].append((number, place))
        self._pairs = {pair: held for pair, held in pairs.items() if len(held) <= _MOST_SHARING}

    def find(self, plain: str) -> list[tuple[int, int, list[int]]]:
        """Start, end and the numbers of the products that each mention may mean."""
        places = [place for place, letter in enumerate(plain) if letter not in _JOINTS]
        squeezed = "".join(plain[place] for place in places)
        exact = list(self._exact(squeezed, plain, places))
        hits = sorted([*exact, *self._misspelt(squeezed, exact)], key=lambda hit: hit.start)
        return [
            (places[hit.start], places[hit.end - 1] + 1, sorted(hit.numbers))
            for hit in _joined(hits, squeezed)
            if hit.alone
        ]

    def _exact(self, text: str, plain: str, places: list[int]) -> Iterator[_Hit]:
        """From the left, the longest term that begins at each place."""
        place = 0
        while place < len(text) - 1:
            for size in self._lengths.get(text[place : place + _SHORTEST], ()):
                term = text[place : place + size]
                if (
                    len(term) == size
                    and term in self._owners
                    and _stands(plain, places[place], places[place + size - 1] + 1)
                ):
                    yield _Hit(place, place + size, self._owners[term], term in self._alone)
                    place += size - 1
                    break
            place += 1

    def _misspelt(self, text: str, exact: list[_Hit]) -> Iterator[_Hit]:
        """Terms that share pairs of letters with what no exact term has taken."""
        taken = bytearray(len(text))
        for hit in exact:
            if hit.alone:
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
        votes: Counter[tuple[int, int]] = Counter()
        for place in range(len(text) - 1):
            if not taken[place]:
                for number, offset in self._pairs.get(text[place : place + 2], ()):
                    votes[number, place - offset] += 1
        found = [
            (*near, number)
            for (number, begin), shared in votes.items()
            if (near := _likeness(self._fuzzy[number], text, begin, shared, votes, number))
            and _digits(text[near[1] : near[2]]) == _digits(self._fuzzy[number])
        ]
        # The likest first, then the longest; what one takes, the next ones leave alone.
        for _, start, end, number in sorted(found, key=lambda one: (-one[0], one[1] - one[2])):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                yield _Hit(start, end, self._owners[self._fuzzy[number]], alone=True)


def _gathered(products: Sequence[Terms]) -> tuple[dict[str, set[int]], set[str]]:
    """Which products own each term, and the terms that name a product or its kind by themselves."""
    owners: dict[str, set[int]] = defaultdict(set)
    naming: set[str] = set()
    ends: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    loose: dict[int, tuple[list[str], list[str]]] = {}
    for number, product in enumerate(products):
        whole = [_squeezed(one) for one in (product.name, *product.aliases, product.category)]
        words = [_squeezed(word) for word in _WORDS.findall(product.name)]
        tails, begins = _edges(words)
        loose[number] = tails, begins
        ends.update(set(tails))
        heads.update(set(begins))
        for term in [*whole, *words, *map(_squeezed, product.attributes)]:
            if len(term) >= _SHORTEST and (term in whole or len(term) <= _LONGEST_PART):
                owners[term].add(number)
        naming.update(one for one in whole if len(one) >= _SHORTEST and one not in _common())
    for number, (tails, begins) in loose.items():
        # A tail that several names share is a kind of thing, a shared head a maker.
        for term, times in [(t, ends[t]) for t in tails] + [(h, heads[h]) for h in begins]:
            if times > 1 and term not in _common() and not _GRAMMAR.search(term):
                owners[term].add(number)
                naming.add(term)
    return owners, naming


def _edges(words: list[str]) -> tuple[list[str], list[str]]:
    """How the Chinese words of a name end, and how they begin."""
    chinese = [word for word in words if not word.isascii()]
    tails = [
        word[-size:]
        for word in chinese
        for size in range(_SHORTEST, min(len(word), _LONGEST_TAIL) + 1)
    ]
    begins = [
        word[:size]
        for word in chinese
        for size in range(_SHORTEST, min(len(word), _LONGEST_HEAD) + 1)
    ]
    return tails, begins


def _is_telling(term: str) -> bool:
    """Long enough to mean something alone, and no mere number."""
    mute = term in _common() or term.isdigit() or _GRAMMAR.search(term)
    return not mute and len(term) > _SHORTEST


@cache
def _common() -> frozenset[str]:
    table = Path(__file__).parent / "tables" / "goods.toml"
    return frozenset(tomllib.loads(table.read_text("utf-8"))["common"])


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter not in _JOINTS)


def _stands(plain: str, start: int, end: int) -> bool:
    """Latin letters and digits are found as whole words only: t3 is not in t30."""

    def joins(one: str, other: str) -> bool:
        return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()

    before = start > 0 and joins(plain[start - 1], plain[start])
    after = end < len(plain) and joins(plain[end - 1], plain[end])
    return not (before or after)


def _digits(text: str) -> str:
    """Numbers are never misspelt, they are other numbers: HD08 is not HD09."""
    return "".join(letter for letter in text if letter.isdigit())


def _likeness(
    term: str, text: str, begin: int, shared: int, votes: Counter[tuple[int, int]], number: int
) -> tuple[float, int, int] | None:
    """How like the term the text is around a place, with start and end; None where too unlike."""
    size = len(term)
    start, end = max(0, begin), min(len(text), begin + size)
    if begin >= 0 and end - start == size:
        same = sum(one == other for one, other in zip(term, text[start:end], strict=True))
        if same >= size - (2 if size >= _LONG_FUZZY else 1):
            return same / size, start, end
    # A letter too many or too few moves the rest by one.
    slid = shared + max(votes.get((number, begin + 1), 0), votes.get((number, begin - 1), 0))
    if size > _SHORTEST_FUZZY and slid >= 0.7 * (size - 1) and slid > shared:
        longer = votes.get((number, begin + 1), 0) > votes.get((number, begin - 1), 0)
        return slid / size, start, min(len(text), end + 1) if longer else end
    return None


def _joined(hits: list[_Hit], text: str) -> list[_Hit]:
    """Join neighbours that some product has all of: a maker, a kind and a colour are one mention."""
    joined: list[_Hit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        near = (
            last is not None
            and hit.start - last.end <= _FAR
            and _BETWEEN.match(text[last.end : hit.start])
        )
        both = last.numbers & hit.numbers if last and near else frozenset()
        if last and both:
            joined[-1] = _Hit(last.start, hit.end, both, last.alone or hit.alone)
        else:
            joined.append(hit)
    return joined
