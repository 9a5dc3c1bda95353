"""What others labelled lends our models only what it surely tells."""

from pathlib import Path

from diji.workbench.recipes import weak


def lent(text: str, intent: str) -> weak.Lent:
    means = {"wrong_or_missing": "wrong_item"}
    return weak.lent([(text, intent)], restless=["urge_shipment"], means=means)[0]


def test_a_calm_intent_tells_that_nothing_went_wrong() -> None:
    told = lent("这件有几个颜色", "product_info")
    assert told.issues == frozenset()
    assert told.calm


def test_words_of_trouble_make_a_calm_intent_tell_nothing() -> None:
    told = lent("买了三天就开胶了 有几个颜色", "product_info")
    assert told.issues is None
    assert not told.calm


def test_a_restless_intent_tells_only_what_its_words_tell() -> None:
    assert lent("麻烦安排一下", "urge_shipment").issues is None
    assert lent("都五天了还没发货", "urge_shipment").issues == frozenset({"shipping_overdue"})
    assert not lent("麻烦安排一下", "urge_shipment").calm


def test_some_intents_are_an_issue_by_themselves() -> None:
    assert lent("两只袜子不一样", "wrong_or_missing").issues == frozenset({"wrong_item"})


def test_reviews_lend_what_their_words_tell_beyond_doubt(tmp_path: Path) -> None:
    path = tmp_path / "reviews.tsv"
    rows = [
        "0\t鞋子\t穿了一天就开胶了",
        "0\t鞋子\t说不上来",
        "1\t鞋子\t很舒服的一双",
        "1\t鞋子\t好",
    ]
    path.write_text("\n".join(["label\tcat\ttext", *rows]) + "\n", encoding="utf-8")
    told = dict(weak.complaints(path, most=9, seed=1))
    assert told == {"穿了一天就开胶了": {"quality_defect"}, "很舒服的一双": frozenset()}
    assert weak.complaints(tmp_path / "none.tsv", most=9, seed=1) == []
