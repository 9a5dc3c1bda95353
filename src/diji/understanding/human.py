"""Whether a person should take over, how sure that is, and why, in words an agent understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import names
from .odds import any_of, log_odds, sigmoid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .reading import Scored

# How much each flag alone speaks for a person, and what is said to them.
_FLAGS = {
    "self_harm": (0.99, "话里有轻生的意思，请马上由人接手并关心对方"),
    "human_request": (0.97, "对方要求人工服务"),
    "threat": (0.93, "提到投诉、举报、曝光或起诉"),
    "safety": (0.8, "涉及人身、食品安全或特殊人群，不能没有依据就回答"),
    "review_threat": (0.75, "以差评作为条件"),
    "abuse": (0.75, "言语辱骂，情绪激烈"),
    "privacy": (0.5, "涉及个人信息"),
    "fraud_suspect": (0.5, "可能涉及欺诈，只给人看，不作指责"),
    "sarcasm": (0.3, "像是反话，字面意思不可信"),
}
_EMOTIONS = {"angry": 0.75, "disappointed": 0.38, "anxious": 0.16}
_INTENTS = {
    "complaint": 0.55, "compensation": 0.5, "quality_issue": 0.32, "wrong_or_missing": 0.3,
    "refund_only": 0.35, "delivery_problem": 0.35, "suitability": 0.15, "repair_warranty": 0.15,
    "price_protection": 0.15, "reship": 0.2, "return_refund": 0.1, "refund_status": 0.1,
}  # fmt: skip
_HEAVY_ISSUES = frozenset(
    {"adverse_reaction", "safety_hazard", "counterfeit", "logistics_lost", "aftersale_refused",
     "expired", "false_shipping", "stockout", "promise_broken", "service_attitude"}
)  # fmt: skip
_WORTH_SAYING, _MODEL_ALONE = 0.3, 0.5
# Chosen on the development turns: half of how far the blame lies above that of a usual message.
_FROM_BLAME, _USUAL_BLAME = 0.5, -3.4
_OF_GRAVE = 0.25  # what a heavy issue adds beside the model


@dataclass(frozen=True, slots=True)
class Need:
    """How probable it is that a person is needed, and the reasons, the heaviest first."""

    chance: float
    reasons: tuple[str, ...]


def needed(
    model: float,
    *,
    found: Collection[str],
    emotions: Mapping[str, float],
    intents: Mapping[str, float],
    issues: Sequence[Scored],
    told_before: int,
    unread: Sequence[str],
) -> Need:
    """Join the model's log-odds with how the consumer feels, with flags, grave issues and the situation.

    Feelings, wishes and issues are mostly reasons to show: the model has heard them too.
    """
    blame = emotions["disappointed"] + emotions["angry"] + emotions["anxious"] / 2
    heard = sigmoid(model + _FROM_BLAME * (log_odds(blame) - _USUAL_BLAME))
    added = [(weight, why) for flag, (weight, why) in _FLAGS.items() if flag in found]
    if "self_harm" in found:
        added = [one for one in added if "投诉" not in one[1]]
    if told_before:
        why = f"同一会话里第 {told_before + 1} 次说到问题"
        added.append((min(0.5, 0.15 + 0.15 * told_before), why))
    if unread:
        added.append((0.5, f"有{'、'.join(unread)}还没有人看过"))
    said = [*added, *_likely(emotions, intents, issues)]
    if heard >= _MODEL_ALONE:
        said.append((_WORTH_SAYING, "和以往要人接手的对话很像"))
    said.sort(key=lambda one: -one[0])
    grave = [_OF_GRAVE * issue.score for issue in issues if issue.id in _HEAVY_ISSUES]
    chance = any_of([heard, *grave, *(weight for weight, _ in added)])
    spoken = [why for weight, why in said if weight >= _WORTH_SAYING or why.startswith("遇到问题")]
    return Need(round(min(chance, 0.995), 4), tuple(spoken[:5]))


def _likely(
    emotions: Mapping[str, float], intents: Mapping[str, float], issues: Sequence[Scored]
) -> list[tuple[float, str]]:
    """What speaks for a person without proving that one is needed, and how loudly."""
    feeling = max(_EMOTIONS, key=lambda one: emotions[one] * _EMOTIONS[one])
    wish = max(_INTENTS, key=lambda one: intents.get(one, 0.0) * _INTENTS[one])
    return [
        (emotions[feeling] * _EMOTIONS[feeling], f"情绪：{names.zh(feeling, 'emotions')}"),
        (intents.get(wish, 0.0) * _INTENTS[wish], f"诉求多半要人办：{names.zh(wish, 'intents')}"),
        *(
            (
                (0.45 if issue.id in _HEAVY_ISSUES else 0.22) * issue.score,
                f"遇到问题：{names.zh(issue.id, 'issues')}",
            )
            for issue in issues
        ),
    ]
