"""What the models of reviews promise beside what they read: size, speed, and reading by batches."""

import time

import numpy as np
import pytest

from diji import understanding
from diji.understanding import linear, review, review_tone, review_view
from diji.understanding.review_grams import review_grams

TASKS = ("sentiment", "aspects", "doubts")


def test_models_of_reviews_fit_into_eight_megabytes():
    sizes = [(linear.WEIGHTS / task / "weights.npz").stat().st_size for task in TASKS]
    assert sum(sizes) < 8 * 2**20


@pytest.mark.parametrize("task", TASKS)
def test_every_card_says_what_was_learnt_from(task):
    card = (linear.WEIGHTS / task / "card.json").read_text("utf-8")
    assert '"data"' in card
    assert '"figures"' in card
    for measured_only in ("jddc", "dianping", "absa_zh"):
        assert measured_only not in card


def test_a_review_reads_the_same_alone_and_among_others():
    texts = ["快递很快，包装完好", "", "太差了，用了一次就坏", "🙂🙂", "味道不错，就是有点贵"]
    assert understanding.read_reviews(texts) == [understanding.read_review(one) for one in texts]


def test_no_reviews_give_no_readings():
    assert understanding.read_reviews([]) == []


def test_without_models_of_aspects_the_tables_still_name_them():
    (reading,) = review.read_with(review.Models(None, None), ["物流很快，客服态度很差"])
    assert {(one.id, one.sentiment) for one in reading.aspects} >= {
        ("logistics", "positive"),
        ("service", "negative"),
    }


def test_grams_of_a_text_do_not_depend_on_its_neighbours():
    alone, among = review_grams(["很好用"]), review_grams(["差", "很好用", "一般"])
    second = among.hashes[among.starts[1] : among.starts[2]]
    assert np.array_equal(alone.hashes, second)


def test_plain_words_of_praise_count_beside_the_model_in_any_trade():
    seen = review_view.view(["龘靐齉，很满意", "龘靐齉，太失望了"])
    assert seen.wholes[0] > seen.heard.odds[0]
    assert seen.wholes[1] < seen.heard.odds[1]


def test_without_the_model_of_tone_or_doubts_nothing_is_sure(monkeypatch):
    text = "质量非常好，穿着舒服，还会再来"
    assert not review.read_with(review.Models(None, None), [text])[0].confident
    assert understanding.read_review(text).confident
    monkeypatch.setattr(review_tone, "load", lambda: None)
    assert not understanding.read_review(text).confident


def test_rare_letters_are_known_as_rare():
    model = review_tone.load()
    assert model is not None
    heard = model.hear(review_grams(["质量很好，推荐购买", "龘靐齉爩鱻麤"]))
    assert heard.known[0] > 2 * heard.known[1]


def test_a_thousand_reviews_are_read_within_a_second_of_processor_time():
    texts = [
        f"第{number}次买了，质量不错，物流也快，就是包装有点简单，客服回复慢"
        for number in range(1000)
    ]
    understanding.read_reviews(texts[:10])
    started = time.process_time()
    understanding.read_reviews(texts)
    assert time.process_time() - started < 1
