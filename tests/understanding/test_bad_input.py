import json
import random
import time

import pytest

from diji import understanding

RANDOM = random.Random(7)  # noqa: S311, noise for a test
BAD = {
    "empty": "",
    "blanks": " \n\t\u3000\u200b",
    "emoji": "😡😡😡🔥",
    "marks": "。。。？！……",
    "binary": bytes(RANDOM.randrange(256) for _ in range(3000)).decode("latin-1"),
    "broken": "坏\ud800了",
    "english": "Where is my parcel? It never arrived.",
    "russian": "Где моя посылка?",
    "arabic": "أين طردي؟",
    "long": "质量太差了，我要退货！" * 100_000,
    "digits": "1" * 1_000_000,
    "one letter": "啊" * 1_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_nothing_that_arrives_breaks_the_reading(name):
    started = time.perf_counter()
    reading = understanding.read(BAD[name])
    review = understanding.read_review(BAD[name])
    assert time.perf_counter() - started < 2
    for one in (reading, review):
        assert json.loads(json.dumps(understanding.as_json(one)))


@pytest.mark.parametrize(
    "name", ["empty", "emoji", "binary", "english", "russian", "arabic", "long", "one letter"]
)
def test_what_cannot_be_understood_is_not_claimed_to_be(name):
    assert not understanding.read(BAD[name]).confident


@pytest.mark.parametrize("name", ["empty", "emoji", "marks", "english"])
def test_a_review_without_chinese_words_is_neither_praise_nor_blame(name):
    assert not understanding.read_review(BAD[name]).confident


def test_who_writes_a_book_is_told_that_not_all_was_read():
    assert any("太长" in reason for reason in understanding.read(BAD["long"]).reasons)
