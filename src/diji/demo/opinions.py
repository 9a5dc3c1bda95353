"""3,000 reviews with dates: most lie evenly over four months, some faults grow in the last three weeks."""

import csv
import io
from collections import defaultdict
from datetime import datetime

from . import world
from .cast import SHOPS, Consumer, consumers
from .chance import chance
from .hours import CHINA, on_day

REACH = 119  # days
# Products whose fault grows: their reviews are dated in the order of the file, the second half in three weeks.
GROWING = frozenset(
    {
        "CL-006", "CL-013", "BE-011", "BE-015", "FO-008", "FO-011",
        "AP-005", "AP-017", "DI-004", "DI-006", "BA-009", "BA-017",
    }
)  # fmt: skip
_LATELY = 20.5  # days
HEADERS = (
    "评价编号",
    "商品编码",
    "商品名称",
    "SKU规格",
    "评价星级",
    "评价内容",
    "评价时间",
    "买家昵称",
)


def as_files(born: datetime) -> dict[str, bytes]:
    """For each shop what its platform would give as an export of its reviews."""
    rows: dict[str, list[tuple[datetime, tuple[str, ...]]]] = {shop.id: [] for shop in SHOPS}
    writers = _consumers_by_shop()
    for number, (review, at) in enumerate(_dated(born)):
        dice = chance(f"review:{number}")
        shop = dice.choices([s.id for s in SHOPS], [s.reviews for s in SHOPS])[0]
        product = world.products()[review.product]
        sku = next(s["name"] for s in product["skus"] if s["code"] == review.sku)
        when = at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
        words = (review.product, product["name"], sku, str(review.stars), review.text, when)
        writer = dice.choice(writers[shop]).who.nick
        rows[shop].append((at, (f"R{number:05d}", *words, writer)))
    return {shop: _file([row for _, row in sorted(found)]) for shop, found in rows.items()}


def _consumers_by_shop() -> dict[str, list[Consumer]]:
    found: dict[str, list[Consumer]] = defaultdict(list)
    for consumer in consumers():
        found[consumer.shop].append(consumer)
    return found


def _dated(born: datetime) -> list[tuple[world.WrittenReview, datetime]]:
    of_product: dict[str, list[world.WrittenReview]] = defaultdict(list)
    for review in world.reviews():
        of_product[review.product].append(review)
    return [
        (review, at)
        for product, written in of_product.items()
        for review, at in zip(written, _dates(product, len(written), born), strict=True)
    ]


def _dates(product: str, count: int, born: datetime) -> list[datetime]:
    dice = chance(f"dates:{product}")
    if product not in GROWING:
        return [on_day(born, dice.uniform(0, REACH), dice) for _ in range(count)]
    early = [dice.uniform(_LATELY, REACH) for _ in range(count // 2)]
    late = [dice.uniform(0, _LATELY) for _ in range(count - len(early))]
    return sorted(on_day(born, days, dice) for days in early + late)


def _file(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    return out.getvalue().encode()
