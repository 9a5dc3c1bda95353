import pytest

from diji import understanding
from diji.understanding import normalise
from diji.understanding.files import Unreadable
from diji.understanding.wordlists import Kind, ListEntry, WordList

SHOP = WordList(
    (
        ListEntry("小橙卡", "intent", "promotion"),
        ListEntry("橙卡", "intent", "account"),
        ListEntry("V+码", "intent", "promotion", 4.0),
        ListEntry("开胶", "issue", "quality_defect"),
        ListEntry("找12345", "flag", "threat"),
        ListEntry("kf", "intent", "human_request"),
    )
)


def said(text: str, words: WordList = SHOP) -> list[str]:
    return [hit.entry.word for hit in words.hits(normalise(text))]


def test_a_word_of_the_shop_is_found_with_the_place_that_says_it():
    (hit,) = SHOP.hits(normalise("鞋子开胶了"))
    assert hit.span("鞋子开胶了").text == "开胶"
    assert hit.span("鞋子开胶了").of == "quality_defect"


def test_a_shops_own_word_for_danger_calls_a_person_as_ours_do():
    words = WordList((ListEntry("炸杯", "flag", "safety"),))
    told = understanding.read("倒热水炸杯了", shop=understanding.Shop(words=words))
    assert told.needs_human > 0.8
    assert any("安全" in reason for reason in told.reasons)


def test_the_longer_word_hides_the_one_within_it():
    assert said("小橙卡怎么用") == ["小橙卡"]
    assert said("橙卡怎么用") == ["橙卡"]


def test_width_case_and_traditional_letters_make_no_difference():
    assert said("ｖ＋碼在哪") == ["V+码"]
    assert said("開膠了") == ["开胶"]


def test_letters_of_a_word_stand_for_themselves():
    words = WordList((ListEntry("(.*)+", "intent", "other"), ListEntry("$?", "intent", "price")))
    assert said("随便说说", words) == []
    assert said("卖(.*)+吗", words) == ["(.*)+"]


def test_a_latin_word_is_no_part_of_another():
    assert said("kfc的券") == []
    assert said("找kf") == ["kf"]


def test_entries_are_counted_with_examples_and_those_that_never_fire_are_shown_too():
    counts = {
        one.entry.word: one for one in SHOP.count(["开胶了,又开胶了", "鞋底开胶", "没有问题"])
    }
    assert (counts["开胶"].times, counts["开胶"].texts) == (3, 2)
    assert counts["开胶"].examples == ("开胶了,又开胶了", "鞋底开胶")
    assert counts["小橙卡"].times == 0


def test_entries_are_tested_against_labels():
    rows: list[tuple[str, dict[Kind, set[str]]]] = [
        ("鞋底开胶", {"issue": {"quality_defect"}}),
        ("会不会开胶", {"issue": set()}),
        ("断了", {"issue": {"quality_defect"}}),
        ("开胶", {"intent": {"return_refund"}}),
    ]
    trial = {one.entry.word: one for one in SHOP.test(rows)}
    assert trial["开胶"].precision == 0.5
    assert trial["开胶"].recall == 0.5
    assert trial["小橙卡"].precision is None


TOML = """
# 我们店的词
[[entry]]
word = "开胶"
kind = "issue"
id = "quality_defect"
weight = 3

[[entry]]
word = "小橙卡"
kind = "intent"
id = "promotion"
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("w.toml", TOML),
        ("w.tsv", "word\tkind\tid\tweight\n开胶\tissue\tquality_defect\t3\n小橙卡\tintent\tpromotion\n"),
        ("w.csv", "word,kind,id,weight\n开胶,issue,quality_defect,3\n小橙卡,intent,promotion,\n"),
    ],
)  # fmt: skip
def test_a_list_is_read_from_the_files_that_shops_have(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    words = WordList.read(path)
    assert [entry.word for entry in words.entries] == ["开胶", "小橙卡"]
    assert [entry.weight for entry in words.entries] == [3.0, 2.0]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("开胶\tissue\tno_such", "第 2 行.*no_such.*line 2.*no issue"),
        ("开胶\tcolour\tred", "第 2 行.*kind"),
        (" \tissue\tquality_defect", "word 是空的.*empty"),
        ("\tissue\tquality_defect", "word 是空的.*empty"),
        ("开胶\tissue\tquality_defect\n開膠\tissue\tquality_defect", "第 3 行.*第 2 行已有"),
        ("开胶\tissue\tquality_defect\theavy", "weight.*above 0"),
        ("开胶\tissue\tquality_defect\t-1", "weight.*above 0"),
        ("开胶\tissue\tquality_defect\tnan", "weight.*above 0"),
        ("", "没有词.*no word"),
    ],
)
def test_a_wrong_list_says_in_both_languages_which_line_and_why(tmp_path, rows, says):
    path = tmp_path / "w.tsv"
    path.write_text(f"word\tkind\tid\tweight\n{rows}\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=says):
        WordList.read(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("entry = 3", "没有.*holds no"),
        ("[[entry", "不是 TOML"),
        ('\n[[entry]]\nword = "开胶"\nkind = "issue"\nid = "nope"\n', "第 2 行"),
    ],
)
def test_a_wrong_toml_list_says_what_is_wrong(tmp_path, content, says):
    path = tmp_path / "w.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match=says):
        WordList.read(path)
