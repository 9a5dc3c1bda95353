"""Files of reviews as shops send them, and a quick reader instead of the models."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from diji import reviews, team
from diji.foundation import Store
from diji.reviews import ImportView
from diji.understanding import Aspect, ReviewReading, Scored

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
SHOP = "tmall"
HEAD = "订单编号,商品ID,商品名称,买家昵称,评价星级,评价内容,评价时间"
ROWS = (
    "8841001,P1,修护面霜,小王,5,很好用，物流快,2026-05-01 10:00:00",
    "8841002,P1,修护面霜,李姐,1,质量太差,2026-05-02 10:00:00",
    "8841003,P2,洁面乳,阿强,3,一般般吧,2026-05-03 10:00:00",
    "8841004,P2,洁面乳,路人甲,4,包装不错,2026-05-04 10:00:00",
)
FILE = "\n".join(
    (HEAD, *(row.replace("很好用，", '"很好用，').replace("物流快,", '物流快",') for row in ROWS))
)


def read_quickly(texts: Sequence[str]) -> list[ReviewReading]:
    return [_reading(text) for text in texts]


def _reading(text: str) -> ReviewReading:
    bad = any(word in text for word in ("差", "坏", "慢"))
    mood = "negative" if bad else "neutral" if "一般" in text else "positive"
    aspects = [
        Aspect(aspect, mood, text[at : at + 4], at, at + 4)
        for aspect, word in (("logistics", "物流"), ("quality", "质量"), ("packaging", "包装"))
        if (at := text.find(word)) >= 0
    ]
    issues = (Scored("quality_defect", 0.9),) if bad and "质量" in text else ()
    scores = {"positive": 0.1, "neutral": 0.1, "negative": 0.1, mood: 0.8}
    return ReviewReading(
        sentiment=mood, sentiment_scores=scores, mixed=False, aspects=tuple(aspects), issues=issues,
        confident=True, because=(),
    )  # fmt: skip


async def open_shops(store: Store) -> Store:
    await store.write(team.set_up, company="岚里", now=NOW)
    for shop_id, platform in ((SHOP, "tmall"), ("jd", "jd")):
        await store.write(team.add_shop, shop_id=shop_id, name=shop_id, platform=platform)
    return store


async def take_in(
    store: Store, content: str | bytes, *, shop: str = SHOP, mapping: dict[str, int] | None = None
) -> ImportView:
    raw = content.encode() if isinstance(content, str) else content
    return await reviews.import_file(
        store, raw, file_name="评价.csv", shop_id=shop, mapping=mapping, read=read_quickly, now=NOW
    )


def workbook(*rows: Sequence[object], sheet: str = "评价") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    page.write_datetime(
                        line, column, cell, book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
                    )
                elif isinstance(cell, str):
                    page.write_string(line, column, cell)
                else:
                    page.write(line, column, cell)
    return out.getvalue()
