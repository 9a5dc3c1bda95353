"""The written world of the demo: brand, goods, knowledge, people. Everything here was written by hand."""

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diji.knowledge import ArticleView

WORLD = Path(__file__).parent / "world"


@dataclass(frozen=True, slots=True)
class WrittenReview:
    """A review as somebody wrote it."""

    product: str
    sku: str
    stars: int
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A service chat of the past; `turns` are (consumer, copilot or agent; words)."""

    number: int
    shop: str
    topic: str
    product: str | None
    ends: str
    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who starts to chat while people look; `needs` is the order that the words speak of."""

    number: int
    shop: str
    product: str | None
    mood: str
    needs: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A consumer as invented: the nickname on the platform and where they live."""

    nick: str
    province: str
    city: str
    taste: str


def articles() -> list[ArticleView]:
    """All articles and scripts of the demo's brand."""
    return [
        ArticleView(
            a["code"], a["kind"], a["title"], tuple(a["questions"]), a["body"], a["reply"],
            tuple(a["intents"]), tuple(a["products"]), (), category, a["facts"],
        )
        for category, a in _entries("articles.json")
    ]  # fmt: skip


def article_rows() -> list[dict[str, Any]]:
    """The articles as the knowledge room keeps them."""
    fields = ("kind", "title", "questions", "body", "reply", "intents", "products", "facts")
    return [
        {"id": a["code"], "shops": [], "category": category, **{name: a[name] for name in fields}}
        for category, a in _entries("articles.json")
    ]


@lru_cache(maxsize=1)
def products() -> dict[str, dict[str, Any]]:
    """All goods by their code."""
    return {p["code"]: p for _, p in _entries("products.json")}


@lru_cache(maxsize=1)
def reviews() -> tuple[WrittenReview, ...]:
    """All reviews, each product's in the order in which they were written."""
    found = []
    for path in _files("reviews.tsv"):
        for row in _table(path):
            text = row["text"].strip()
            found.append(WrittenReview(row["product"], row["sku"], int(row["stars"]), text))
    return tuple(found)


@lru_cache(maxsize=1)
def chats() -> tuple[Chat, ...]:
    return tuple(
        Chat(
            n, c["shop"], c["topic"], c["product"], c["ends"],
            tuple((turn["who"], turn["text"]) for turn in c["turns"]),
        )
        for n, c in enumerate(_lines("chats.jsonl"))
    )  # fmt: skip


@lru_cache(maxsize=1)
def buyers() -> tuple[Buyer, ...]:
    return tuple(
        Buyer(n, b["shop"], b["product"], b["mood"], b["needs"], tuple(b["says"]))
        for n, b in enumerate(_lines("buyers.jsonl"))
    )


@lru_cache(maxsize=1)
def people() -> tuple[Somebody, ...]:
    rows = _table(WORLD / "brand" / "consumers.tsv")
    return tuple(Somebody(r["nick"], r["province"], r["city"], r["taste"]) for r in rows)


@lru_cache(maxsize=1)
def routes() -> dict[str, tuple[str, ...]]:
    """The stations of a parcel on its way to a city."""
    read = json.loads((WORLD / "brand" / "routes.json").read_text(encoding="utf-8"))
    return {route["city"]: tuple(route["stations"]) for route in read}


def _files(name: str) -> list[Path]:
    return sorted(WORLD.glob(f"*/{name}"))


def _entries(name: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.parent.name, entry)
        for path in _files(name)
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]


def _lines(name: str) -> list[dict[str, Any]]:
    said = [path.read_text(encoding="utf-8").splitlines() for path in _files(name)]
    return [json.loads(line) for lines in said for line in lines if line.strip()]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
