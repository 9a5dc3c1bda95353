import json
import time
from itertools import pairwise

import pytest

from diji.understanding import normalise
from diji.understanding.catalogue import Catalogue, Product
from diji.understanding.files import Unreadable
from tests.understanding.make import DATA

TITLES = DATA / "ecommerce_ner" / "train.jsonl"

SHOP = Catalogue(
    (
        Product("w1", "海尔静音变频滚筒洗衣机", ("小海豚",), "洗衣机", ("海尔", "白色")),
        Product("w2", "美的波轮洗衣机 MB80", (), "洗衣机", ("美的", "MB80")),
        Product("t1", "海蓝之家 纯棉短袖T恤 白色", (), "T恤", ("白色",)),
        Product("t2", "海蓝之家 纯棉短袖T恤 黑色", (), "T恤", ("黑色",)),
        Product("h1", "戴森 Supersonic HD08 吹风机", ("戴森吹风",), "吹风机", ("HD08",)),
        Product("e1", "AirPods Pro 2 降噪蓝牙耳机", ("苹果耳机",), "耳机"),
    )
)


def meant(text: str, catalogue: Catalogue = SHOP) -> list[tuple[str, str]]:
    return [(one.text, one.value) for one in catalogue.mentions(normalise(text), text)]


@pytest.mark.parametrize(
    ("text", "words", "product"),
    [
        ("海尔静音变频滚筒洗衣机多少钱", "海尔静音变频滚筒洗衣机", "w1"),
        ("小海豚什么时候发货", "小海豚", "w1"),
        ("海尔的那个洗衣机坏了", "海尔的那个洗衣机", "w1"),
        ("美的洗衣机漏水", "美的洗衣机", "w2"),
        ("mb80有货吗", "mb80", "w2"),
        ("想要黑色的T恤", "黑色的T恤", "t2"),
        ("airpods pro2降噪蓝牙耳机还有吗", "airpods pro2降噪蓝牙耳机", "e1"),
        ("AIRPODSPRO2降噪蓝牙耳机", "AIRPODSPRO2降噪蓝牙耳机", "e1"),
        ("戴森的吹风機壞了", "戴森的吹风機", "h1"),
    ],
)
def test_a_product_is_known_by_its_name_by_parts_of_it_and_by_its_nickname(text, words, product):
    assert meant(text) == [(words, product)]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("海尔静音变频滚桶洗衣机多少钱", "w1"),
        ("海尔静音变频滚筒洗机多少钱", "w1"),
        ("supersonik怎么用", "h1"),
    ],
)
def test_a_misspelt_name_is_still_known(text, product):
    assert product in meant(text)[0][1].split("|")


def test_words_that_fit_several_products_name_them_all_and_five_at_most():
    assert meant("洗衣机怎么安装")[0][1] == "w1|w2"
    many = Catalogue(tuple(Product(f"p{n}", f"第{n}款 保温杯", (), "保温杯") for n in range(9)))
    assert meant("保温杯漏水", many) == [("保温杯", "p0|p1|p2|p3|p4")]


@pytest.mark.parametrize(
    "text", ["", "你好在吗", "白色", "什么时候发货", "mb800", "hd081", "🙂🙂", "\x00", "退款"]
)
def test_what_names_no_product_is_no_mention(text):
    assert meant(text) == []


def test_mentions_stand_in_order_and_never_overlap():
    text = "海尔洗衣机和小海豚和hd08"
    found = SHOP.mentions(normalise(text), text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert {one.kind for one in found} == {"product"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"id": 7, "name": "蓝牙耳机", "aliases": ["豆豆"], "attributes": {"色": "红"}}\n'),
        ("a.csv", "id,name,aliases,attributes\n7,蓝牙耳机,豆豆|小豆,颜色:红\n"),
        ("a.tsv", "id\tname\taliases\n7\t蓝牙耳机\t豆豆\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_catalogue_is_read_from_what_a_shop_can_export(tmp_path, name, content, encoding):
    path = tmp_path / name
    path.write_text(content, encoding=encoding)
    catalogue = Catalogue.read(path)
    assert catalogue.products[0].id == "7"
    assert meant("豆豆没声音", catalogue) == [("豆豆", "7")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", '{"id": "1", "name": "杯"}\n不是\n', "第 2 行.*line 2"),
        ("a.jsonl", '{"id": "1", "name": "杯"}\n\n[]\n', "第 3 行.*line 3"),
        ("a.jsonl", '{"id": "1"}\n', "缺 name.*name is missing"),
        ("a.csv", "id,name\n1,杯\n,壶\n", "第 3 行.*缺 id"),
        ("a.csv", "id,name\n1,杯\n1,壶\n", "第 2 行已有.*line 2 already"),
        ("a.csv", "id,name\n1,杯,多\n", "第 2 行.*more cells"),
        ("a.tsv", "id\tname\n", "没有商品.*no product"),
        ("a.csv", "", "没有表头.*no header"),
        ("a.xlsx", "x", "只认.*only"),
        ("a.csv", "id,name\n1,\0\n", "不是文本.*not a text"),
        ("a.jsonl", '{"id": "a|b", "name": "杯"}\n', "第 1 行.*line 1"),
    ],
)
def test_a_wrong_catalogue_says_in_both_languages_which_line_and_why(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match=says):
        Catalogue.read(path)


def test_a_catalogue_that_is_not_there_says_so(tmp_path):
    with pytest.raises(Unreadable, match=r"读不了.*Cannot read"):
        Catalogue.read(tmp_path / "none.csv")


@pytest.mark.skipif(not TITLES.exists(), reason="the product titles are not at hand")
def test_among_thousands_of_titles_maker_and_kind_lead_to_a_fitting_product_fast():
    rows = [json.loads(line) for line in TITLES.read_text("utf-8").splitlines()]
    catalogue = Catalogue(tuple(Product(str(n), row["text"]) for n, row in enumerate(rows)))
    asked = []
    for row in rows:
        makers = [one["text"] for one in row["entities"] if one["type"] == "HPPX"]
        kinds = [one["text"] for one in row["entities"] if one["type"] == "HCCX"]
        if makers and kinds and len(makers[0]) > 1 and len(kinds[-1]) > 1:
            asked.append((makers[0], kinds[-1]))
    asked = asked[::4]
    started = time.process_time()
    found = [
        catalogue.mentions(normalise(f"请问{maker}{kind}什么时候发货")) for maker, kind in asked
    ]
    each = (time.process_time() - started) / len(asked)
    fits = [
        any(
            maker in rows[int(number)]["text"] and kind in rows[int(number)]["text"]
            for one in mentions
            for number in one.value.split("|")
        )
        for mentions, (maker, kind) in zip(found, asked, strict=True)
    ]
    assert sum(fits) / len(fits) > 0.8
    assert each < 0.001  # ten times what is measured: a slow machine must not fail the promise
