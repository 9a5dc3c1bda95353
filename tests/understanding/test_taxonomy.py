import json
import math

import pytest

from diji import understanding
from diji.understanding import linear, names


def test_every_id_has_names_that_people_can_read():
    for kind in names.KINDS:
        for entry in names.entries(kind):
            assert entry.zh
            assert entry.en
    assert names.zh("delivery_delay") == "物流延迟与催派送"
    assert names.zh("installation", "aspects") == "安装"


def test_every_intent_stands_in_a_family():
    assert {entry.family for entry in understanding.intents()} == set(names.ids("families"))


@pytest.mark.parametrize("text", ["你好", "坏了退钱", "", "多少钱"])
def test_scores_are_probabilities_over_all_ids(text):
    reading = understanding.read(text)
    assert set(reading.emotion_scores) == set(names.ids("emotions"))
    assert set(reading.sentiment_scores) == set(names.ids("sentiments"))
    assert math.isclose(sum(reading.emotion_scores.values()), 1, abs_tol=0.01)
    assert math.isclose(sum(reading.sentiment_scores.values()), 1, abs_tol=0.01)
    assert len(reading.intents) == 3
    assert reading.intents[0].id == reading.intent


def test_the_json_has_the_fields_of_the_contract():
    line = understanding.as_json(understanding.read("你好"), line_id="a1")
    assert list(line) == [
        "id", "intent", "intents", "out_of_scope", "emotion", "emotion_scores", "intensity",
        "flags", "issues", "entities", "needs_human", "reasons", "ambiguous", "confident",
        "sentiment", "sentiment_scores", "stage", "objection", "because",
    ]  # fmt: skip
    review = understanding.as_json(understanding.read_review("很好"), line_id="b2")
    assert {"mixed", "aspects", "sentiment", "sentiment_scores", "confident"} <= set(review)


def test_every_model_ships_with_its_card_and_all_of_them_are_small():
    folders = sorted(path for path in linear.WEIGHTS.iterdir() if path.is_dir())
    assert {"messages", "scope", "sentiment"} <= {folder.name for folder in folders}
    for folder in folders:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        assert {"data", "settings", "figures", "limits"} <= set(card), folder.name
    size = sum(path.stat().st_size for folder in folders for path in folder.iterdir())
    assert size < 20_000_000


def test_models_are_read_without_pickle(tmp_path):
    import numpy as np

    folder = tmp_path / "bad"
    folder.mkdir()
    np.savez(folder / "weights.npz", weights=np.array([{}], dtype=object))
    (folder / "card.json").write_text('{"labels": [], "temperature": 1}')
    with pytest.raises(ValueError, match="pickle"):
        linear.load_from(folder)
