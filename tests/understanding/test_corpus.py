"""The corpus of this project keeps what its recipe relies on."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from diji.understanding import names
from diji.workbench import recipes

CORPUS = Path(recipes.__file__).parents[1] / "corpus"
FEWEST = 15
FEWEST_OF_TALK = 6


def rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_intent_has_enough_lines_of_its_own():
    lines = Counter(row["intent"] for row in rows("intents.tsv"))
    for intent in names.ids("intents"):
        least = FEWEST_OF_TALK if names.family(intent) == "talk" else FEWEST
        assert lines[intent] >= least, intent


def test_every_line_is_labelled_with_known_ids_and_stands_once():
    texts = Counter(row["text"] for row in rows("intents.tsv"))
    assert max(texts.values()) == 1
    for row in rows("intents.tsv"):
        assert row["intent"] in names.ids("intents")
        assert row["emotion"] in names.ids("emotions")


@pytest.mark.parametrize("name", ["jddc_labels.tsv", "jddc_labels_fresh.tsv"])
def test_hand_labels_of_research_sessions_hold_no_words_of_theirs(name):
    for row in rows(name):
        assert set(row) == {"session", "turn", "intent", "also", "emotion", "issues", "needs_human"}
        assert row["intent"] in names.ids("intents")
        assert row["emotion"] in names.ids("emotions")


def test_fresh_turns_come_from_sessions_that_nobody_tuned_on():
    seen = {row["session"] for row in rows("jddc_labels.tsv")}
    assert not seen & {row["session"] for row in rows("jddc_labels_fresh.tsv")}
