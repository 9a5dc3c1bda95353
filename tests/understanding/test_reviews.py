import csv
from pathlib import Path

import pytest

from diji import understanding
from tests.understanding.make import DATA

CORPUS = Path(__file__).parents[2] / "src" / "diji" / "workbench" / "corpus"


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("质量非常好，穿着舒服，还会再来", "positive"),
        ("用了两天就坏了，客服也不理人，太失望了", "negative"),
        ("很喜欢，颜色正，物流也快", "positive"),
        ("垃圾东西，千万别买", "negative"),
    ],
)
def test_plain_praise_and_blame_are_told_apart(text, sentiment):
    reading = understanding.read_review(text)
    assert reading.sentiment == sentiment
    assert reading.confident


def test_praise_and_blame_side_by_side_are_known_as_mixed():
    reading = understanding.read_review("衣服质量很好，颜色也漂亮，但是物流太慢了，客服态度很差。")
    assert reading.mixed
    assert ("quality", "positive") in {(one.id, one.sentiment) for one in reading.aspects}
    assert ("service", "negative") in {(one.id, one.sentiment) for one in reading.aspects}


@pytest.mark.parametrize(
    "text", ["感谢商家让我体验了什么叫一次性拖鞋，穿半小时底就掉了", "不愧是旗舰店，坏得都比别人快"]
)
def test_ironic_praise_is_not_called_good(text):
    reading = understanding.read_review(text)
    assert not (reading.sentiment == "positive" and reading.confident)


@pytest.mark.parametrize(
    ("text", "aspect", "sentiment"),
    [
        ("包装很用心", "packaging", "positive"),
        ("有一股刺鼻的味道", "smell_taste", "negative"),
        ("尺码偏小，挤脚", "size_fit", "negative"),
        ("价格实惠", "price_value", "positive"),
        ("快递太慢了", "logistics", "negative"),
    ],
)
def test_each_clause_says_what_it_speaks_of_and_how(text, aspect, sentiment):
    reading = understanding.read_review(f"买来给家里用，{text}")
    assert (aspect, sentiment) in {(one.id, one.sentiment) for one in reading.aspects}


def test_a_defect_in_a_review_is_an_issue_with_its_words():
    text = "洗了一次就掉色，旁边的衣服都染了"
    reading = understanding.read_review(text)
    assert "quality_defect" in {issue.id for issue in reading.issues}
    places = [(one.start, one.end, one.text) for one in reading.because]
    places += [(one.start, one.end, one.text) for one in reading.aspects]
    assert all(text[start:end] == words for start, end, words in places)


def test_reviews_of_the_public_yardstick_are_read_as_well_as_the_card_says():
    path = DATA / "online_shopping_10_cats" / "test.tsv"
    if not path.exists():
        pytest.skip("the public data is not here: set DIJI_DATA to its folder")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:1500]
    readings = understanding.read_reviews([row["text"] for row in rows])
    good = [one.sentiment_scores["positive"] > one.sentiment_scores["negative"] for one in readings]
    right = [said == (row["label"] == "1") for said, row in zip(good, rows, strict=True)]
    sure = [ok for ok, one in zip(right, readings, strict=True) if one.confident]
    assert sum(right) / len(right) > 0.92
    assert sum(sure) / len(sure) > 0.95
    assert len(sure) / len(rows) > 0.5


def test_loud_praise_is_not_turned_round_by_a_word_that_others_mock_with():
    reading = understanding.read_review(
        "感谢作者写出这么好的书，真的佩服，内容非常精彩，强烈推荐大家购买"
    )
    assert reading.sentiment == "positive"


def test_both_sides_at_once_are_left_to_people():
    reading = understanding.read_review("味道很好，分量也足，但是送来全凉了，客服态度很差")
    assert not reading.confident


def test_our_own_hard_reviews_are_seldom_read_wrongly_without_doubt():
    with (CORPUS / "reviews_hard.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    readings = understanding.read_reviews([row["text"] for row in rows])
    wrong = [
        one.confident and one.sentiment != row["sentiment"]
        for one, row in zip(readings, rows, strict=True)
    ]
    assert sum(wrong) / len(rows) < 0.12


def test_our_own_ironic_reviews_are_seldom_called_good_and_hardly_ever_surely():
    path = CORPUS / "reviews_hard.tsv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["text"] for row in rows if row["kind"] == "ironic"]
    readings = understanding.read_reviews(texts)
    good = [one for one in readings if one.sentiment == "positive"]
    assert len(good) / len(texts) <= 0.1
    assert sum(one.confident for one in good) / len(texts) <= 0.03


@pytest.mark.parametrize(
    "text", ["此用户没有填写评价", "系统默认好评", "评价方未及时做出评价，系统默认好评！"]
)
def test_what_a_platform_wrote_for_a_silent_buyer_says_nothing(text: str) -> None:
    reading = understanding.read_review(text)
    assert reading.sentiment == "neutral"
    assert not reading.confident
