"""When the machine answers, drafts, or lays down the pen: the lead's rules, one call a test."""

from dataclasses import replace
from typing import Any

import pytest

from diji.answers import Draft, Kind
from diji.copilot.queries import strategy_from
from diji.copilot.rules import (
    Decision,
    Mode,
    Strategy,
    Verdict,
    decide,
    gravest,
    reasons_for_person,
    watched,
)
from diji.copilot.thinking import Said, is_going_wrong, unanswered
from tests.copilot.make import draft, reading

DEFAULT = Strategy()


def decided(
    strategy: Strategy = DEFAULT, best: Draft | None = None, *, picture: bool = False, **felt: Any
) -> Verdict:
    return decide(reading(**felt), strategy, best or draft(), pictures_unread=picture)


@pytest.mark.parametrize(
    ("felt", "why"),
    [
        ({"intent": "human_request"}, "human_request"),
        ({"emotion": "angry", "intensity": 0.2}, "emotion_angry"),
        ({"emotion": "disappointed", "intensity": 0.7}, "emotion_disappointed"),
        ({"flags": ("threat",)}, "flag_threat"),
        ({"flags": ("abuse",)}, "flag_abuse"),
        ({"flags": ("safety",)}, "flag_safety"),
        ({"issues": ("logistics_delay",)}, "issue_logistics_delay"),
        ({"issues": ("quality_defect",)}, "issue_quality_defect"),
        ({"needs_human": 0.9}, "needs_human"),
    ],
)
def test_by_default_a_person_gets(felt: dict[str, Any], why: str) -> None:
    assert decided(**felt) == Verdict(Decision.HAND_OVER, (why,))


@pytest.mark.parametrize(
    "felt",
    [
        {"emotion": "anxious", "intensity": 1.0},
        {"emotion": "disappointed", "intensity": 0.69},
        {"flags": ("privacy",)},
        {"issues": ("wrong_item",)},
        {"needs_human": 0.89},
    ],
)
def test_by_default_the_machine_answers(felt: dict[str, Any]) -> None:
    assert decided(**felt) == Verdict(Decision.ANSWER, ("sure",))


def test_the_gravest_reason_is_named_first_and_the_vague_one_only_alone() -> None:
    felt = reading(
        intent="human_request",
        emotion="angry",
        flags=("threat",),
        issues=("logistics_delay",),
        needs_human=1.0,
    )
    assert reasons_for_person(felt, DEFAULT) == (
        "flag_threat",
        "emotion_angry",
        "human_request",
        "issue_logistics_delay",
    )


@pytest.mark.parametrize(
    ("changed", "felt"),
    [
        ({"person_for_intents": frozenset({"bargain"})}, {"intent": "bargain"}),
        ({"person_for_emotions": frozenset({"anxious"})}, {"emotion": "anxious"}),
        ({"person_for_flags": frozenset({"privacy"})}, {"flags": ("privacy",)}),
        ({"person_for_issues": frozenset({"wrong_item"})}, {"issues": ("wrong_item",)}),
        ({"disappointed_from": 0.3}, {"emotion": "disappointed", "intensity": 0.3}),
        ({"person_from": 0.2}, {"needs_human": 0.2}),
    ],
)
def test_a_lead_can_send_more_to_people(changed: dict[str, Any], felt: dict[str, Any]) -> None:
    assert decided(**felt).decision is Decision.ANSWER
    assert decided(replace(DEFAULT, **changed), **felt).decision is Decision.HAND_OVER


@pytest.mark.parametrize(
    ("changed", "felt"),
    [
        ({"person_for_emotions": frozenset()}, {"emotion": "angry"}),
        ({"person_for_flags": frozenset()}, {"flags": ("threat",)}),
        ({"person_for_issues": frozenset()}, {"issues": ("logistics_delay",)}),
        ({"disappointed_from": 1.0}, {"emotion": "disappointed", "intensity": 0.9}),
        ({"person_from": 1.0}, {"needs_human": 0.95}),
    ],
)
def test_a_lead_can_send_less_to_people(changed: dict[str, Any], felt: dict[str, Any]) -> None:
    assert decided(**felt).decision is Decision.HAND_OVER
    assert decided(replace(DEFAULT, **changed), **felt).decision is Decision.ANSWER


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("suggest_only", {"strategy": replace(DEFAULT, mode=Mode.SUGGEST)}),
        ("picture_unread", {"picture": True}),
        ("not_alone", {"intent": "refund_request"}),
        ("unsure_reading", {"confident": False, "best": draft(sure=0.7)}),
        (
            "unsure_reading",
            {"intent": "refund_status", "confident": False, "best": draft(sure=0.7)},
        ),
        ("unsure_answer", {"best": draft(sure=0.54)}),
        ("unsure_answer", {"best": draft(doubts=("免费",))}),
    ],
)
def test_the_machine_only_drafts_when(why: str, more: dict[str, Any]) -> None:
    assert decided(**more) == Verdict(Decision.DRAFT, (why,))


def test_without_any_draft_nothing_goes_out() -> None:
    verdict = decide(reading(), DEFAULT, None, pictures_unread=False)
    assert verdict == Verdict(Decision.DRAFT, ("unsure_answer",))


def test_the_very_question_of_an_article_is_answered_though_the_intent_is_unsure() -> None:
    assert decided(best=draft(sure=0.8), confident=False).decision is Decision.ANSWER
    guessed = decided(best=draft(sure=0.8), confident=False, intent="refund_status")
    assert guessed.decision is Decision.ANSWER, "a guess that nobody trusts keeps nothing back"
    told = draft(sure=0.8, kind=Kind.ORDER)
    assert decided(best=told, confident=False).decision is Decision.DRAFT


def test_a_machine_that_is_off_hands_over_whatever_is_said() -> None:
    off = replace(DEFAULT, mode=Mode.OFF)
    assert decided(off) == Verdict(Decision.HAND_OVER, ("machine_off",))


def test_of_several_messages_the_gravest_decides_with_all_its_reasons() -> None:
    answer, doubt = Verdict(Decision.ANSWER, ("sure",)), Verdict(Decision.DRAFT, ("not_alone",))
    threat = Verdict(Decision.HAND_OVER, ("flag_threat",))
    angry = Verdict(Decision.HAND_OVER, ("emotion_angry", "flag_threat"))
    assert gravest([answer, threat, doubt, angry]) == Verdict(
        Decision.HAND_OVER, ("flag_threat", "emotion_angry")
    )
    assert gravest([answer, doubt]) == doubt
    assert gravest([answer, answer]) == answer


def test_unanswered_is_what_came_after_our_last_words() -> None:
    said = [Said(n, str(n), "", ours=n in {2, 4}) for n in range(1, 7)]
    assert [m.seq for m in unanswered(said)] == [5, 6]


def test_rules_of_an_older_version_keep_the_defaults_they_do_not_know() -> None:
    old = strategy_from({"mode": "suggest", "person_for_flags": ["threat"], "gone": 1})
    assert old == replace(DEFAULT, mode=Mode.SUGGEST, person_for_flags=frozenset({"threat"}))


@pytest.mark.parametrize(
    ("verdict", "strategy", "then"),
    [
        (Verdict(Decision.ANSWER, ("sure",)), DEFAULT, Verdict(Decision.HAND_OVER, ("risk",))),
        (Verdict(Decision.DRAFT, ("x",)), DEFAULT, Verdict(Decision.HAND_OVER, ("risk",))),
        (
            Verdict(Decision.HAND_OVER, ("flag_threat",)),
            DEFAULT,
            Verdict(Decision.HAND_OVER, ("flag_threat",)),
        ),
        (
            Verdict(Decision.ANSWER, ("sure",)),
            replace(DEFAULT, person_for_risk=False),
            Verdict(Decision.ANSWER, ("sure",)),
        ),
    ],
)
def test_a_talk_that_goes_wrong_gets_a_person_unless_a_lead_says_no(
    verdict: Verdict, strategy: Strategy, then: Verdict
) -> None:
    assert watched(verdict, strategy, alarm=True) == then
    assert watched(verdict, strategy, alarm=False) == verdict


BAD = {"negative": 0.9, "neutral": 0.1, "positive": 0.0}
CALM = {"negative": 0.0, "neutral": 0.9, "positive": 0.1}


@pytest.mark.parametrize(
    ("moods", "wrong"), [([BAD, BAD, BAD], True), ([CALM, CALM, CALM], False), ([BAD, BAD], False)]
)
def test_how_the_whole_talk_goes_is_told_from_kept_and_fresh_readings(
    moods: list[dict[str, float]], *, wrong: bool
) -> None:
    said: list[Said] = []
    for n, mood in enumerate(moods):
        kept = reading(sentiment_scores=mood)
        said += [Said(2 * n + 1, f"m{n}", f"第{n}句", ours=False, felt=kept)]
        said += [Said(2 * n + 2, f"a{n}", "您好，请稍等", ours=True)]
    newest = said[-2]
    fresh = [(replace(newest, felt=None), reading(sentiment_scores=moods[-1]))]
    talk = [*said[:-2], fresh[0][0]]
    assert is_going_wrong(talk, fresh) is wrong
    settled = [*talk[:-1], Said(90, "p", "已经为您处理好了", ours=True, by_person=True), talk[-1]]
    assert not is_going_wrong(settled, fresh), "what a person has settled is settled"
