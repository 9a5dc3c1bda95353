"""A shop's own word lists: words that stand for an intent, an issue or a flag, counted and tested."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from . import names
from .files import Unreadable, rows_of, text_of, wrong_line
from .normalise import normalise
from .reading import Span

Kind: TypeAlias = Literal["intent", "issue", "flag"]

KINDS: tuple[Kind, ...] = ("intent", "issue", "flag")
# Where a list names no weight: in log-odds, as much as a plain cue of our own tables.
USUAL_WEIGHT = 2.0
HEAVIEST = 10.0
_LONGEST_WORD = 60
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One word and what it stands for; ``weight`` is added to the log-odds of ``id``."""

    word: str
    kind: Kind
    id: str
    weight: float = USUAL_WEIGHT


@dataclass(frozen=True, slots=True)
class WordHit:
    """An entry and the place where it was said."""

    entry: ListEntry
    start: int
    end: int

    def span(self, original: str) -> Span:
        return Span(self.entry.id, original[self.start : self.end], self.start, self.end)


@dataclass(frozen=True, slots=True)
class Count:
    """How often an entry fired in all, in how many texts, and a few of these."""

    entry: ListEntry
    times: int
    texts: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How an entry did on labelled texts; None where there is nothing to divide by.

    ``precision``: of the texts where it fired, those labelled with its id. ``recall``: of the texts
    labelled with its id, those where it fired.
    """

    entry: ListEntry
    fired: int
    right: int
    labelled: int

    @property
    def precision(self) -> float | None:
        return self.right / self.fired if self.fired else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None


@dataclass(frozen=True, slots=True)
class WordList:
    """Entries by their normalised word; letters of a word stand for themselves, never for a pattern."""

    entries: tuple[ListEntry, ...]
    _by_word: dict[str, tuple[ListEntry, ...]] = field(init=False, repr=False, compare=False)
    _lengths: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_word: dict[str, list[ListEntry]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for entry in self.entries:
            plain = _plain(entry.word)
            by_word[plain].append(entry)
            lengths[plain[0]].add(len(plain))
        object.__setattr__(self, "_by_word", {key: tuple(held) for key, held in by_word.items()})
        object.__setattr__(
            self, "_lengths", {key: tuple(sorted(held)) for key, held in lengths.items()}
        )

    @classmethod
    def read(cls, path: Path) -> WordList:
        """A list from TSV, CSV or JSONL (word, kind, id, weight) or TOML; ``Unreadable`` names the line."""
        entries: list[ListEntry] = []
        lines: dict[tuple[str, str, str], int] = {}
        rows = _toml_rows(path) if path.suffix.lower() == ".toml" else rows_of(path)
        for line, row in rows:
            entry = _entry(path, line, row)
            key = (_plain(entry.word), entry.kind, entry.id)
            if key in lines:
                raise wrong_line(
                    path, line, f"「{entry.word}」在第 {lines[key]} 行已有",
                    f"“{entry.word}” stands in line {lines[key]} already",
                )  # fmt: skip
            lines[key] = line
            entries.append(entry)
        if not entries:
            raise Unreadable(f"{path.name} 里没有词", f"{path.name} holds no word")
        return cls(tuple(entries))

    def hits(self, plain: str) -> tuple[WordHit, ...]:
        """All entries said in a normalised text, in its order; a longer word hides those within it."""
        found: list[WordHit] = []
        covered = 0
        for start in range(len(plain)):
            ends = [
                start + size
                for size in self._lengths.get(plain[start], ())
                if plain[start : start + size] in self._by_word
                and _stands(plain, start, start + size)
            ]
            if ends and max(ends) > covered:
                covered = max(ends)
                said = self._by_word[plain[start:covered]]
                found += [WordHit(entry, start, covered) for entry in said]
        return tuple(found)

    def count(self, texts: Sequence[str]) -> tuple[Count, ...]:
        """How often each entry fired, in the order of the list; those that never did are there too."""
        times = dict.fromkeys(self.entries, 0)
        inside: dict[ListEntry, list[str]] = {entry: [] for entry in self.entries}
        for text in texts:
            fired = [hit.entry for hit in self.hits(normalise(text))]
            for entry in fired:
                times[entry] += 1
            for entry in dict.fromkeys(fired):
                inside[entry].append(text)
        return tuple(
            Count(entry, times[entry], len(held), tuple(held[:_EXAMPLES]))
            for entry, held in inside.items()
        )

    def test(self, rows: Sequence[tuple[str, Mapping[Kind, Collection[str]]]]) -> tuple[Trial, ...]:
        """Try each entry on texts with their right ids by kind; a kind that a row leaves out is not judged."""
        fired, right, labelled = (dict.fromkeys(self.entries, 0) for _ in range(3))
        for text, truth in rows:
            said = {hit.entry for hit in self.hits(normalise(text))}
            for entry in self.entries:
                if entry.kind in truth:
                    so = entry.id in truth[entry.kind]
                    fired[entry] += entry in said
                    labelled[entry] += so
                    right[entry] += so and entry in said
        return tuple(
            Trial(entry, fired[entry], right[entry], labelled[entry]) for entry in self.entries
        )


def _plain(word: str) -> str:
    return normalise(word).strip()


def _stands(plain: str, start: int, end: int) -> bool:
    """A word of Latin letters or digits is no part of a longer one: kf is not in kfc."""

    def joins(one: str, other: str) -> bool:
        return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()

    before = start > 0 and joins(plain[start - 1], plain[start])
    after = end < len(plain) and joins(plain[end - 1], plain[end])
    return not (before or after)


def _toml_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """``[[entry]]`` tables; each is known by the line where its header stands."""
    text = text_of(path)
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path.name} 不是 TOML：{error}", f"{path.name}: {error}") from None
    rows = held.get("entry")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(f"{path.name} 里没有 [[entry]]", f"{path.name} holds no [[entry]]")
    begins = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.split("#")[0].replace(" ", "").strip() == "[[entry]]"
    ]
    lines = begins if len(begins) == len(rows) else range(1, len(rows) + 1)
    yield from zip(lines, rows, strict=True)


def _entry(path: Path, line: int, row: dict[str, Any]) -> ListEntry:
    word, kind, name = (
        value.strip() if isinstance(value := row.get(key), str) else ""
        for key in ("word", "kind", "id")
    )
    if not _plain(word):
        raise wrong_line(path, line, "word 是空的", "word is empty")
    if len(word) > _LONGEST_WORD:
        raise wrong_line(
            path, line, f"word 长于 {_LONGEST_WORD} 个字", f"word is longer than {_LONGEST_WORD}"
        )
    if kind not in KINDS:
        raise wrong_line(
            path, line, f"kind 要 {'、'.join(KINDS)} 之一，不是「{kind}」",
            f"kind must be one of {', '.join(KINDS)}, not “{kind}”",
        )  # fmt: skip
    if name not in names.ids(f"{kind}s"):
        raise wrong_line(path, line, f"没有叫「{name}」的 {kind}", f"there is no {kind} “{name}”")
    return ListEntry(word, kind, name, _weight(path, line, row.get("weight")))


def _weight(path: Path, line: int, said: object) -> float:
    if said is None or (isinstance(said, str) and not said.strip()):
        return USUAL_WEIGHT
    try:
        weight = float(said) if isinstance(said, str | int | float) else float("nan")
    except ValueError:
        weight = float("nan")
    if not 0 < weight <= HEAVIEST:
        raise wrong_line(
            path, line, f"weight 要大于 0、至多 {HEAVIEST:g} 的数",
            f"weight must be above 0 and at most {HEAVIEST:g}",
        )  # fmt: skip
    return weight
