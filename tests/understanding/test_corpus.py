"""The corpus of this project keeps what its recipes rely on."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from diji.understanding import names
from diji.workbench import recipes, variety

CORPUS = Path(recipes.__file__).parents[1] / "corpus"
FEWEST = 60
EMOTIONS = names.ids("emotions")
STYLES = {"plain", "ironic", "dialect", "typo"}
LOOKED_AT = ("jddc_labels", "jddc_labels_dev", "jddc_labels_dev2", "jddc_labels_spent")
HELD = ("jddc_labels_fresh", "jddc_labels_held")
JDDC = (*LOOKED_AT, *HELD)
WRITTEN = ("utterances", "dialogues", "reviews_hard")


def rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def consumers(name: str) -> list[dict[str, str]]:
    return [row for row in rows(name) if row.get("role", "consumer") == "consumer"]


def several(field: str) -> set[str]:
    return {one for one in field.split(",") if one}


def test_every_intent_that_carries_a_request_has_sixty_lines_of_its_own() -> None:
    lines = Counter(row["intent"] for row in rows("utterances"))
    for intent in names.ids("intents"):
        assert lines[intent] >= FEWEST, intent


@pytest.mark.parametrize("name", ["utterances", "dialogues"])
def test_every_line_is_labelled_with_known_ids(name: str) -> None:
    for row in consumers(name):
        assert {row["intent"]} | several(row["also"]) <= set(names.ids("intents")), row
        assert row["emotion"] in EMOTIONS, row
        assert several(row["issues"]) <= set(names.ids("issues")), row
        assert several(row["flags"]) <= set(names.ids("flags")), row
        assert row["needs_human"] in {"0", "1"}, row
        assert row["text"].strip(), row


def test_no_utterance_stands_twice() -> None:
    texts = Counter(row["text"] for row in rows("utterances"))
    assert max(texts.values()) == 1


def test_dialogues_cover_every_issue_in_every_style_and_mood() -> None:
    heads = {row["dialogue"]: row for row in rows("dialogues") if row["about"] != "everyday"}
    assert len(heads) >= 600
    for issue in names.ids("issues"):
        about = [row for row in heads.values() if row["about"] == issue]
        assert {row["style"] for row in about} == STYLES, issue
        moods = {
            row["emotion"] for row in consumers("dialogues") if issue in several(row["issues"])
        }
        assert moods >= {"neutral", "anxious", "disappointed", "angry"}, issue


def test_hard_reviews_are_ironic_mixed_or_faint_and_name_their_words() -> None:
    hard = rows("reviews_hard")
    kinds = Counter(row["kind"] for row in hard)
    assert kinds["ironic"] + kinds["mixed"] + kinds["faint"] >= 300
    for row in hard:
        assert row["sentiment"] in names.ids("sentiments")
        for told in filter(None, row["aspects"].split(";")):
            aspect, tone, words = told.split(":", 2)
            assert aspect in names.ids("aspects"), row
            assert tone in names.ids("sentiments"), row
            assert words in row["text"], row


@pytest.mark.parametrize("name", WRITTEN)
def test_no_line_was_filled_into_a_mould(name: str) -> None:
    texts = [row["text"] for row in consumers(name)]
    assert variety.crowded(texts) == {}
    assert variety.distinct_share(texts) >= variety.LEAST_DISTINCT


def test_the_check_of_moulds_sees_a_mould() -> None:
    filled = [f"请问{goods}多少钱" for goods in ("裙子", "手机", "奶瓶", "口红")]
    assert list(variety.crowded(filled).values()) == [4]
    assert variety.crowded(filled[:3]) == {}
    assert variety.distinct_share(["请问多少钱呀"] * 10) < variety.LEAST_DISTINCT


@pytest.mark.parametrize("name", [*JDDC, "jddc_labels_twice"])
def test_hand_labels_of_research_sessions_hold_no_words_of_theirs(name: str) -> None:
    known = {"session", "turn", "intent", "also", "emotion", "issues", "flags", "needs_human"}
    for row in rows(name):
        assert set(row) <= known
        assert {row["intent"]} | several(row["also"]) <= set(names.ids("intents"))
        assert row["emotion"] in EMOTIONS
        assert several(row["issues"]) <= set(names.ids("issues"))


def test_a_thousand_real_turns_are_labelled_and_a_tenth_of_them_twice() -> None:
    once = {(row["session"], row["turn"]) for name in JDDC for row in rows(name)}
    twice = {(row["session"], row["turn"]) for row in rows("jddc_labels_twice")}
    assert len(once) >= 1000
    assert len(twice) >= len(once) / 10
    assert twice <= once


def test_held_turns_come_from_sessions_that_nobody_tuned_on() -> None:
    seen = {row["session"] for name in LOOKED_AT for row in rows(name)}
    for name in HELD:
        assert not seen & {row["session"] for row in rows(name)}
