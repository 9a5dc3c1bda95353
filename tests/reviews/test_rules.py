"""Stars, dates, masks and the other small decisions."""

from datetime import UTC, date, datetime

import pytest

from diji.reviews.dates import read_date
from diji.reviews.rules import (
    BadRow,
    Period,
    Plan,
    bare_words,
    harmless,
    mask_name,
    period_between,
    phrase,
    read_row,
)
from diji.reviews.stars import Scale, find_scale, read_rating
from tests.reviews.make import NOW

PLAN = Plan({"text": 0, "rating": 1, "date": 2, "order": 3}, width=4)


@pytest.mark.parametrize(
    ("said", "scale", "verdict"),
    [
        ("5", "five", "good"), ("4.0", "five", "good"), ("3", "five", "neutral"), ("2星", "five", "bad"),
        ("五星", "five", "good"), ("★★☆☆☆", "five", "bad"), ("4/5", "five", "good"), ("８分", "ten", "good"),
        ("6", "ten", "neutral"), ("85", "hundred", "good"), ("1", "zero_one", "good"), ("0", "zero_one", "bad"),
        ("0", "minus_one", "neutral"), ("-1", "minus_one", "bad"),
        ("好评", "five", "good"), ("中评", "five", "neutral"),
        ("差评", "five", "bad"), ("Positive", "five", "good"), ("3.5", "five", "neutral"),
    ],
)  # fmt: skip
def test_a_rating_counts_whatever_its_form(said: str, scale: str, verdict: str) -> None:
    rating = read_rating(said, Scale(scale))
    assert rating is not None
    assert rating.verdict == verdict


def test_no_stars_are_no_rating_and_seven_of_five_are_refused() -> None:
    assert read_rating("", Scale.FIVE) is read_rating("0", Scale.FIVE) is None
    with pytest.raises(ValueError, match="7"):
        read_rating("7", Scale.FIVE)


@pytest.mark.parametrize(
    ("values", "header", "scale"),
    [
        ("1 2 5", "星级", "five"), ("9 10 6", "评分", "ten"),
        ("90 60 5", "评分", "hundred"), ("0 1", "label", "zero_one"),
        ("-1 1 0", "评价", "minus_one"), ("1", "label", "zero_one"),
        ("1", "星级", "five"), ("4 5", "评分(10分制)", "ten"),
        ("5 4 5 1 3 5 9", "星级", "five"),
    ],
)  # fmt: skip
def test_a_column_shows_its_scale(values: str, header: str, scale: str) -> None:
    assert find_scale(values.split(), header) == scale


@pytest.mark.parametrize(
    "said",
    [
        "2026-05-01 18:30:00", "2026/5/1 18:30", "2026.05.01 18:30", "2026年5月1日 18:30", "2026年5月1日 18时30分",
        "2026-05-01T18:30:00+08:00", "2026-05-01T10:30:00Z", "2026-05-01T10:30:00.000Z", "20260501183000",
        "2026-5-1 下午6:30", "2026/5/1 6:30 PM", "46143.770833333336", "1777631400", "1777631400000",
        "２０２６－０５－０１ 18:30",
    ],
)  # fmt: skip
def test_a_time_is_read_in_many_forms_and_bare_ones_are_chinas(said: str) -> None:
    assert read_date(said) == datetime(2026, 5, 1, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["昨天", "05-01", "2026-13-01", "2026-02-30", "99", "1/2/26", "abc"]
)
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - Python words it, we only refuse
        read_date(said)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["", "", "", ""], "没有评价内容"), (["此用户没有填写评价。", "",
        "", ""], "没有评价内容"), (["好", "7", "", ""], "评分无法识别"),
        (["好", "5", "昨天", ""], "时间无法识别"), (["好",
        "5", "2031-01-01", ""], "未来"), (["好" * 6000, "", "", ""], "超过"),
        (["好", "5", "", "1", "多"], "列数"), (["", "5", "", ""], "无法与其他行区分"),
    ],
)  # fmt: skip
def test_a_bad_row_says_why(cells: list[str], why: str) -> None:
    with pytest.raises(BadRow, match=why):
        read_row(cells, PLAN, now=NOW)


def test_a_review_that_begins_with_not_is_a_review() -> None:
    assert read_row(["没有想象的好，差评", "", "", ""], PLAN, now=NOW).has_words


def test_commas_that_nobody_quoted_belong_to_the_last_columns_text() -> None:
    plan = Plan({"rating": 0, "text": 1}, width=2)
    assert read_row(["5", "很好", "物流快"], plan, now=NOW).text == "很好，物流快"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", "－1", "＋1", " =1"]
)
def test_what_a_spreadsheet_would_run_is_disarmed_and_read_back_as_it_was(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert read_row([harmless(cell), "5", "2026-05-01", ""], PLAN, now=NOW).text == cell.strip()


def test_the_tab_that_keeps_an_order_number_whole_is_no_formula() -> None:
    assert harmless("\t3300000000000000000") == "\t3300000000000000000"


def test_orders_and_buyers_are_masked() -> None:
    row = read_row(["好用", "5", "", "2026051288841"], PLAN, now=NOW)
    assert row.order_id == "…8841"
    assert [mask_name(n) for n in ("小王", "欧阳小美", "t***3")] == ["小*", "欧**美", "t***3"]


def test_clauses_that_say_the_same_share_a_phrase() -> None:
    assert (
        phrase("物流太慢了！") == phrase("物流真的很慢") == phrase("追评：物流慢😡。") == "物流慢"
    )


def test_a_clause_is_shown_without_marks_and_emoji_around_it() -> None:
    shown = [bare_words(said) for said in ("追评：面料舒服😊。", "，穿着(在家)", "😊", "3.5分。")]
    assert shown == ["面料舒服", "穿着(在家)", "😊", "3.5分"]


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    may = period_between(date(2026, 5, 8), date(2026, 5, 14), now=NOW)
    before = may.before()
    assert before is not None
    assert before.dates() == (date(2026, 5, 1), date(2026, 5, 7))
    assert Period().before() is None
