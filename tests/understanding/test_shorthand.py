import tomllib
from pathlib import Path

import pytest

from diji.understanding import normalise, shorthand
from diji.understanding.shorthand import standard

TABLE = Path(shorthand.__file__).parent / "tables" / "shorthand.toml"


def meant(text: str) -> str:
    return standard(normalise(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tk咋整", "退款怎么办"),
        ("我要 TuiKuan", "退款"),
        ("tui kuan", "退款"),
        ("kf人呢", "客服"),
        ("dd还没到", "订单"),
        ("这家店yyds", "太好了"),
        ("xswl", "笑死我了"),
        ("客服zz", "智障"),
        ("太nb了", "厉害"),
        ("3Q", "谢谢"),
        ("好的886", "再见"),
        ("芭比Q了", "完蛋了"),
        ("真是醉了", "无语"),
        ("绝绝子", "太好了"),
        ("集美", "姐妹"),
        ("8知道怎么弄", "不知道"),
        ("都以经三天了", "已经"),
        ("在发一次吧", "再发一次"),
        ("人再吗 再吗", "在吗 在吗"),
        ("快弟到哪了", "快递"),
        ("啥时候发或", "什么时候发货"),
        ("还钱", "退款"),
        ("快退钱！", "退款"),
    ],
)
def test_shorthand_and_homophones_are_heard_as_standard_words(text, words):
    assert meant(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("嘎哈呢", "干什么"),
        ("点解仲未发货", "为什么还没"),
        ("唔係啩", "不是"),
        ("冇收到", "没有"),
        ("侬晓得伐", "你知不知道"),
        ("莫得", "没有"),
        ("快点噻", "了"),
        ("來咯", "了"),
        ("咋回事", "怎么回事"),
    ],
)
def test_dialects_are_heard_as_standard_words(text, words):
    assert meant(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "", "你好", "kfc的券", "attk", "https://tk.com/x", "tk-88型", "订单12886", "满88减5", "卖886元",
        "买了88", "步伐", "阿拉伯地毯", "自己经常买", "所以经常来", "不中用", "加油费", "什么子母扣",
        "唔，我想想", "8.8折", "19,8是多重",
    ],
)  # fmt: skip
def test_ordinary_words_and_numbers_are_left_alone(text):
    assert meant(text) == ""


def test_what_is_heard_names_its_place_and_moves_no_offset():
    text = "那个tk咋整啊"
    assert [text[one.start : one.end] for one in shorthand.heard(text)] == ["tk", "咋整"]


def test_words_apart_stay_apart():
    assert meant("tk啊我说，快弟呢") == "退款 快递"


def test_the_table_is_large_and_each_spelling_means_one_thing():
    sections = tomllib.loads(TABLE.read_text("utf-8"))
    harmless = sections.pop("harmless")["words"]
    spellings = [one for part in sections.values() for held in part.values() for one in held]
    assert len(spellings) >= 150
    assert len(spellings) == len(set(spellings))
    assert not set(spellings) & set(harmless)
    assert all(normalise(one) == one for one in [*spellings, *harmless])
