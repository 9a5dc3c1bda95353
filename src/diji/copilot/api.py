"""Suggestions for agents, the lead's strategy, and the names of all that the machine recognises."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from pydantic import Field

from diji import team, understanding
from diji.foundation import Shape
from diji.team import EVERYONE, LEADS, Asker, may

from . import actions, queries
from .correcting import correct_reading
from .rules import Mode, Strategy

router = APIRouter(prefix="/api", tags=["copilot"])


class SourceOut(Shape):
    kind: str
    id: str
    title: str


class SuggestionOut(Shape):
    id: str
    message_id: str
    seq: int
    rank: int
    text: str
    kind: str
    sources: list[SourceOut]
    sure: float
    why: str
    doubts: list[str]
    state: str


class StrategyBody(Shape):
    """A lead's rules; the lists hold ids of the taxonomy."""

    mode: Mode
    person_for_intents: list[str]
    person_for_emotions: list[str]
    disappointed_from: float | None = Field(ge=0, le=1)
    person_for_flags: list[str]
    person_for_issues: list[str]
    person_from: float = Field(ge=0, le=1)
    person_for_risk: bool = True
    answers_alone: list[str]
    answer_from: float = Field(ge=0, le=1)


class StrategyOut(Shape):
    version: int
    strategy: StrategyBody


class Names(Shape):
    zh: str
    en: str


class Taxonomy(Shape):
    """Every id that the machine uses, with its names."""

    intents: dict[str, Names]
    emotions: dict[str, Names]
    issues: dict[str, Names]
    flags: dict[str, Names]
    aspects: dict[str, Names]
    sentiments: dict[str, Names]
    stages: dict[str, Names]
    objections: dict[str, Names]
    reasons: dict[str, Names]


@router.get("/conversations/{conversation_id}/suggestions")
async def suggestions(conversation_id: str, asker: Asker = may(EVERYONE)) -> list[SuggestionOut]:
    found = await asker.store.read(queries.suggestions_for, conversation_id)
    return [SuggestionOut.model_validate(s) for s in found]


class Correction(Shape):
    """What a message really means; what is left out stays as the machine read it."""

    emotion: str | None = None
    intent: str | None = None
    issues: list[str] | None = None


@router.put("/messages/{message_id}/correction", status_code=204)
async def correct(message_id: str, said: Correction, asker: Asker = may(EVERYONE)) -> None:
    """Correct a guess where it stands; the correction becomes a label."""
    truth = {
        field: value if isinstance(value, list) else [value]
        for field, value in said.model_dump(exclude_none=True).items()
    }
    await asker.store.write(correct_reading, message_id, truth, now=datetime.now(UTC))


def show_suggestion(view: queries.SuggestionView) -> dict[str, Any]:
    """A suggestion as the wire carries it."""
    return SuggestionOut.model_validate(view).model_dump(mode="json", by_alias=True)


@router.get("/strategy")
async def strategy(shop: str = queries.EVERY_SHOP, asker: Asker = may(EVERYONE)) -> StrategyOut:
    if shop != queries.EVERY_SHOP:
        await asker.store.read(team.get_shop, shop)
    rules, version = await asker.store.read(queries.strategy_of, shop)
    return StrategyOut(version=version, strategy=_body(rules))


def _body(rules: Strategy) -> StrategyBody:
    return StrategyBody.model_validate(
        {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in _values(rules).items()
        }
    )


def _values(rules: Strategy) -> dict[str, object]:
    return {name: getattr(rules, name) for name in StrategyBody.model_fields}


@router.put("/strategy")
async def change_strategy(
    body: StrategyBody, shop: str | None = None, asker: Asker = may(LEADS)
) -> StrategyOut:
    if shop:
        await asker.store.read(team.get_shop, shop)
    await asker.store.write(
        actions.change_strategy, body.model_dump(mode="json"), shop_id=shop, now=datetime.now(UTC)
    )
    return await strategy(shop or queries.EVERY_SHOP, asker)


@router.get("/taxonomy")
async def taxonomy(asker: Asker = may(EVERYONE)) -> Taxonomy:
    del asker
    kinds = [kind for kind in Taxonomy.model_fields if kind != "reasons"]
    named = {
        kind: {e.id: {"zh": e.zh, "en": e.en} for e in understanding.names.entries(kind)}
        for kind in kinds
    }
    return Taxonomy.model_validate(named | {"reasons": REASONS})


REASONS = {
    "human_request": {"zh": "要求转人工", "en": "asked for a person"},
    "emotion_angry": {"zh": "情绪愤怒", "en": "angry"},
    "emotion_disappointed": {"zh": "明显不满", "en": "clearly dissatisfied"},
    "flag_threat": {"zh": "扬言投诉曝光", "en": "threatens to report"},
    "flag_abuse": {"zh": "言辞激烈", "en": "abusive words"},
    "flag_safety": {"zh": "涉及人身安全", "en": "safety of a person"},
    "issue_logistics_delay": {"zh": "抱怨物流延迟", "en": "complains of a delay"},
    "issue_quality_defect": {"zh": "反映质量瑕疵", "en": "complains of a defect"},
    "needs_human": {"zh": "很可能需要人工", "en": "probably needs a person"},
    "risk": {"zh": "对话可能不满收场", "en": "the talk may end badly"},
    "machine_off": {"zh": "本店AI已关闭", "en": "the machine is off here"},
    "machine_broke": {"zh": "AI处理出错", "en": "the machine broke"},
    "suggest_only": {"zh": "本店AI只给建议", "en": "the machine only drafts here"},
    "picture_unread": {"zh": "图片需要人看", "en": "a picture needs eyes"},
    "not_alone": {"zh": "此类问题由人处理", "en": "people handle this"},
    "unsure_reading": {"zh": "没有十足把握读懂", "en": "not sure what was meant"},
    "unsure_answer": {"zh": "没有可靠的答案", "en": "no reliable answer"},
    "sure": {"zh": "有把握", "en": "sure"},
}
