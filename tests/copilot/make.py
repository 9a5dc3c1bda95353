"""Readings, drafts and thoughts built by hand, so that rules are tested and not the reader."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from diji.answers import Draft, Kind
from diji.conversations.models import Conversation
from diji.copilot.rules import Decision, Verdict
from diji.copilot.thinking import Said, Thought
from diji.foundation import own_update, run
from diji.understanding import Reading, Scored

CALM = Reading(
    intent="shipping_options",
    intents=(Scored("shipping_options", 0.9),),
    out_of_scope=0.0,
    emotion="neutral",
    emotion_scores={"neutral": 0.9},
    intensity=0.1,
    flags=(),
    issues=(),
    entities=(),
    needs_human=0.05,
    reasons=(),
    ambiguous=False,
    confident=True,
    sentiment="neutral",
    sentiment_scores={"neutral": 0.9},
    stage=None,
    objection=None,
    because=(),
)


def reading(*, issues: tuple[str, ...] = (), **more: Any) -> Reading:
    """A calm question, but for what is said."""
    return replace(CALM, issues=tuple(Scored(i, 0.9) for i in issues), **more)


def draft(text: str = "满59元包邮。", sure: float = 0.9, **more: Any) -> Draft:
    return Draft(text, more.pop("kind", Kind.ARTICLE), (), sure, "相近", **more)


def thought(
    seq: int = 1,
    message_id: str = "m1",
    *,
    decision: Decision = Decision.ANSWER,
    why: tuple[str, ...] = ("sure",),
    drafts: tuple[Draft, ...] | None = None,
    **felt: Any,
) -> Thought:
    said = Said(seq, message_id, "满多少包邮", ours=False)
    kept = (draft(),) if drafts is None else drafts
    return Thought(((said, reading(**felt)),), kept, Verdict(decision, why))


def machine_receives(session: Session, conversation_id: str) -> None:
    """As if nobody had been called yet; no event tells of it, so that no turn begins by itself."""
    row = own_update(session, Conversation).where(Conversation.id == conversation_id)
    run(session, row.values(reception="ai", assignee_id=None, why_person=[], person_since=None))
