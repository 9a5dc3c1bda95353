"""What a draft is: words for a consumer, with where they come from and how sure they are."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where a draft's words come from."""

    ARTICLE = "article"  # the reply of an article, as a person wrote it
    ORDER = "order"  # told from the order and its parcels
    PRODUCT = "product"  # told from the product's own attributes
    SOCIAL = "social"  # a greeting, thanks, a goodbye
    ASK = "ask"  # a question back
    SOOTHE = "soothe"  # understanding first, then what is known


@dataclass(frozen=True, slots=True)
class Source:
    """What a draft rests on: an article, a product, an order or a parcel, with the words a person would look at."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that could be sent. `sure` 0..1; `why` in words of the trade; `doubts` from the promise guard."""

    text: str
    kind: Kind
    sources: tuple[Source, ...]
    sure: float
    why: str
    doubts: tuple[str, ...] = ()
