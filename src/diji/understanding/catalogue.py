"""What a shop sells, given as a value, and which of it a text speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .files import Unreadable, rows_of, wrong_line
from .normalise import normalise
from .product_index import ProductIndex, Terms
from .reading import Entity

MOST_CANDIDATES = 5
_LONGEST_NAME, _LONGEST_ID = 300, 100
_BETWEEN = ("|", "，", ",", "、", ";", "；")


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that is sold; ``attributes`` are words such as brand, model and colour."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products, with the index that finds them; read once, used for every message."""

    products: tuple[Product, ...]
    _index: ProductIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        terms = [
            Terms(
                normalise(product.name),
                tuple(normalise(alias) for alias in product.aliases),
                normalise(product.category),
                tuple(normalise(word) for word in product.attributes),
            )
            for product in self.products
        ]
        object.__setattr__(self, "_index", ProductIndex(terms))

    @classmethod
    def read(cls, path: Path) -> Catalogue:
        """A catalogue from JSONL, CSV or TSV; ``Unreadable`` names the line that is wrong."""
        products: list[Product] = []
        lines: dict[str, int] = {}
        for line, row in rows_of(path):
            product = _product(path, line, row)
            if product.id in lines:
                raise wrong_line(
                    path, line, f"编号 {product.id} 在第 {lines[product.id]} 行已有",
                    f"id {product.id} stands in line {lines[product.id]} already",
                )  # fmt: skip
            lines[product.id] = line
            products.append(product)
        if not products:
            raise Unreadable(f"{path.name} 里没有商品", f"{path.name} holds no product")
        return cls(tuple(products))

    def mentions(self, plain: str, original: str | None = None) -> tuple[Entity, ...]:
        """Products named in a normalised text, in its order; none overlaps another.

        ``value`` is the product's id, or up to five ids joined by ``|`` where the words do not tell which.
        """
        said = plain if original is None else original
        return tuple(
            Entity(
                "product", said[start:end], start, end,
                "|".join(self.products[number].id for number in numbers[:MOST_CANDIDATES]),
            )
            for start, end, numbers in self._index.find(plain)
        )  # fmt: skip


def _product(path: Path, line: int, row: dict[str, Any]) -> Product:
    name, product_id = (_word(path, line, row, key) for key in ("name", "id"))
    if len(name) > _LONGEST_NAME or len(product_id) > _LONGEST_ID or "|" in product_id:
        raise wrong_line(
            path, line, "编号或名称太长，或编号里有 |", "id or name is too long, or | is in the id"
        )
    return Product(
        product_id, name, _words(path, line, row, "aliases"),
        _word(path, line, row, "category", needed=False), _words(path, line, row, "attributes"),
    )  # fmt: skip


def _word(path: Path, line: int, row: dict[str, Any], key: str, *, needed: bool = True) -> str:
    value = row.get(key)
    if value is None and not needed:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or (needed and not value.strip()):
        raise wrong_line(path, line, f"缺 {key}", f"{key} is missing")
    return value.strip()


def _words(path: Path, line: int, row: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list, an object's values, or a cell with several words between bars or commas."""
    value = row.get(key)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, str):
        for mark in _BETWEEN:
            value = value.replace(mark, "\n")
        value = value.split("\n")
    if not isinstance(value, list | None):
        raise wrong_line(path, line, f"{key} 要文字或列表", f"{key} must be text or a list")
    words = [str(word).strip() for word in value or () if isinstance(word, str | int)]
    # A shop writes 品牌:海尔 as readily as 海尔.
    return tuple(
        dict.fromkeys(word.split("：")[-1].split(":")[-1].strip() for word in words if word)
    )
