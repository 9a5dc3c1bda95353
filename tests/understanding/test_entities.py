import pytest

from diji import understanding


def named(text: str) -> dict[str, str]:
    return {one.kind: one.value for one in understanding.read(text).entities}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("订单号123456789012345678帮我看下", "order_number", "123456789012345678"),
        ("单号SF1234567890123到哪了", "tracking_number", "SF1234567890123"),
        ("我电话13812345678", "phone", "13812345678"),
        ("退我59.9元", "money", "5990"),
        ("卖¥129.5太贵", "money", "12950"),
        ("1.8米的床", "measure", "1.8 米"),
        ("便宜五块", "money", "500"),
        ("一块五一个", "money", "150"),
        ("3月8号之前要到", "date", "--03-08"),
        ("明天能到吗", "date", "明天"),
        ("等了三天了", "duration", "3 天"),
        ("身高1米65", "height", "165 cm"),
        ("我170cm", "height", "170 cm"),
        ("体重120斤", "weight", "60 kg"),
        ("要xl码的", "size", "XL"),
        ("42码有吗", "size", "42"),
        ("拍了两件", "quantity", "2 件"),
        ("要黑色的", "colour", "黑"),
        ("[订单x]到哪了", "order_number", "订单"),
    ],
)
def test_what_is_named_comes_with_a_value_that_code_can_use(text, kind, value):
    assert named(text).get(kind) == value


def test_nothing_is_named_twice():
    entities = understanding.read("订单123456789012345678电话13812345678退5元").entities
    ends = [0, *[one.end for one in entities]]
    assert all(one.start >= end for one, end in zip(entities, ends, strict=False))
