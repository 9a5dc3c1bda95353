"""What the machine may do with a message: answer, draft, or hand over. Pure, and a lead can change every rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from diji.answers import Draft, Kind
from diji.understanding import Reading


class Decision(StrEnum):
    """What the machine does with a message."""

    ANSWER = "answer"
    DRAFT = "draft"
    HAND_OVER = "hand_over"


class Mode(StrEnum):
    """How far a lead lets the machine go in a shop."""

    AUTO = "auto"  # answers alone what it may, drafts the rest
    SUGGEST = "suggest"  # only drafts; a person sends
    OFF = "off"


ALONE: frozenset[str] = frozenset(
    {
        "product_info",
        "size_advice",
        "product_compare",
        "recommendation",
        "authenticity",
        "stock",
        "price",
        "promotion",
        "review_reward",
        "bargain",
        "shipping_options",
        "shipping_time",
        "how_to_buy",
        "customization",
        "hesitate",
        "order_placed",
        "invoice",
        "track_parcel",
        "urge_shipment",
        "extend_receipt",
        "delivery_schedule",
        "installation",
        "return_policy",
        "usage_help",
        "price_protection",
        "account",
        "off_platform",
        "greeting",
        "urge_reply",
        "thanks_bye",
        "acknowledge",
        "praise",
        "chitchat",
    }
)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A lead's rules for a shop. Lists hold ids of the taxonomy."""

    mode: Mode = Mode.AUTO
    person_for_intents: frozenset[str] = frozenset({"human_request"})
    person_for_emotions: frozenset[str] = frozenset({"angry"})
    disappointed_from: float | None = 0.7  # intensity; None: never for that alone
    person_for_flags: frozenset[str] = frozenset({"threat", "abuse", "safety"})
    person_for_issues: frozenset[str] = frozenset({"logistics_delay", "quality_defect"})
    person_from: float = 0.9  # the model's probability that a person is needed
    person_for_risk: bool = True  # the talk as a whole is about to end in dissatisfaction
    answers_alone: frozenset[str] = ALONE
    answer_from: float = 0.55  # how sure a draft must be to go out alone
    handover_words: str = "正在为您转接人工客服，之前的对话同事都能看到，不用重复说明。"


# The gravest reasons first: the list and the alert show only one.
GRAVEST = (
    "flag_safety",
    "flag_threat",
    "flag_abuse",
    "emotion_angry",
    "emotion_disappointed",
    "human_request",
    "risk",
)


def by_gravity(why: Iterable[str]) -> tuple[str, ...]:
    """Each reason once, the gravest first, the others as they came."""
    once = list(dict.fromkeys(why))
    return tuple(sorted(once, key=lambda r: GRAVEST.index(r) if r in GRAVEST else len(GRAVEST)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done, and why, in ids of reasons that the screen puts into words."""

    decision: Decision
    why: tuple[str, ...]


def reasons_for_person(reading: Reading, strategy: Strategy) -> tuple[str, ...]:
    """Every rule of the lead's that asks for a person, the gravest first."""
    why = [f"flag_{flag}" for flag in reading.flags if flag in strategy.person_for_flags]
    if reading.emotion in strategy.person_for_emotions:
        why.append(f"emotion_{reading.emotion}")
    limit = strategy.disappointed_from
    if reading.emotion == "disappointed" and limit is not None and reading.intensity >= limit:
        why.append("emotion_disappointed")
    wanted = (i for i in [reading.intent] if i in strategy.person_for_intents)
    why.extend("human_request" if i == "human_request" else f"intent_{i}" for i in wanted)
    why.extend(f"issue_{i.id}" for i in reading.issues if i.id in strategy.person_for_issues)
    if not why and reading.needs_human >= strategy.person_from:
        why.append("needs_human")
    return by_gravity(why)


def decide(
    reading: Reading, strategy: Strategy, best: Draft | None, *, pictures_unread: bool
) -> Verdict:
    """Who needs a person meets one; who is merely anxious is answered first, by the surest hand."""
    if strategy.mode is Mode.OFF:
        return Verdict(Decision.HAND_OVER, ("machine_off",))
    why = reasons_for_person(reading, strategy)
    if why:
        return Verdict(Decision.HAND_OVER, why)
    doubt = _doubt(reading, strategy, best, pictures_unread=pictures_unread)
    return Verdict(Decision.DRAFT, (doubt,)) if doubt else Verdict(Decision.ANSWER, ("sure",))


def watched(verdict: Verdict, strategy: Strategy, *, alarm: bool) -> Verdict:
    """No single message asks for a person, but the talk as a whole does: one comes before it is too late."""
    calm = verdict.decision is not Decision.HAND_OVER
    if alarm and calm and strategy.person_for_risk:
        return Verdict(Decision.HAND_OVER, ("risk",))
    return verdict


def _doubt(
    reading: Reading, strategy: Strategy, best: Draft | None, *, pictures_unread: bool
) -> str | None:
    """Why the machine does not answer alone; None when it may."""
    if strategy.mode is Mode.SUGGEST:
        return "suggest_only"
    if pictures_unread:
        return "picture_unread"
    if not reading.confident and not _beyond_doubt(best):
        return "unsure_reading"
    # A guess that nobody trusts keeps no answer back that was written for this very question.
    if reading.confident and reading.intent not in strategy.answers_alone | {"other"}:
        return "not_alone"
    if best is None or best.doubts or best.sure < strategy.answer_from:
        return "unsure_answer"
    return None


def _beyond_doubt(best: Draft | None) -> bool:
    """Mere courtesy, nearly the question of an article, or a product's attribute: the intent need not be sure."""
    return (
        best is not None
        and best.kind in {Kind.SOCIAL, Kind.ARTICLE, Kind.PRODUCT}
        and best.sure >= BEYOND_DOUBT
    )


BEYOND_DOUBT = 0.75


def gravest(verdicts: list[Verdict]) -> Verdict:
    """One verdict for several messages that came together: the gravest decision, and all its reasons."""
    order = [Decision.HAND_OVER, Decision.DRAFT, Decision.ANSWER]
    worst = min((v.decision for v in verdicts), key=order.index)
    why = [reason for v in verdicts if v.decision is worst for reason in v.why]
    return Verdict(worst, by_gravity(why))
