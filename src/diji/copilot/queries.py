"""What can be asked about the machine's work."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session

from diji import commerce, conversations, team
from diji.conversations import Author, ConversationView, Reception
from diji.events import ConsumerSpoke, ConversationReleased
from diji.foundation import binding, do, own, own_once
from diji.understanding import Scored

from .models import StrategyRow, Suggestion
from .rules import Mode, Strategy
from .thinking import Known, Said

Cause = ConsumerSpoke | ConversationReleased  # what a turn answers to
EVERY_SHOP = "*"
SEEN_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A reply offered to an agent."""

    id: str
    message_id: str
    seq: int
    rank: int
    text: str
    kind: str
    sources: list[dict[str, str]]
    sure: float
    why: str
    doubts: list[str]
    state: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a turn needs, read in one snapshot."""

    conversation: ConversationView
    said: tuple[Said, ...]
    known: Known


_RULES = StrategyRow.__table__.c
_STRATEGY = (
    own_once(StrategyRow, "body", "version")
    .where(_RULES.scope.in_([bindparam("shop"), EVERY_SHOP]))
    # The shop's own rules before everybody's ("*" sorts first), the newest version first.
    .order_by(_RULES.scope.desc(), _RULES.version.desc())
    .limit(1)
)


def strategy_of(session: Session, shop_id: str) -> tuple[Strategy, int]:
    """The rules that hold in a shop and their version: its own, else everybody's, else the defaults."""
    row = do(session, _STRATEGY, shop=shop_id).first()
    return (strategy_from(row[0]), row[1]) if row else (Strategy(), 0)


def strategy_from(body: dict[str, Any]) -> Strategy:
    """Stored rules; what an older version did not know keeps its default."""
    known = {f.name for f in fields(Strategy)}
    values: dict[str, Any] = {}
    for name, value in body.items():
        if name in known:
            values[name] = frozenset(value) if isinstance(value, list) else value
    if "mode" in values:
        values["mode"] = Mode(values["mode"])
    return Strategy(**values)


def suggestions_for(session: Session, conversation_id: str) -> list[SuggestionView]:
    """The newest suggestions of a conversation, best first."""
    conversations.get_conversation(session, conversation_id)
    newest = own(session, func.max(Suggestion.seq)).where(
        Suggestion.conversation_id == conversation_id
    )
    seq = session.execute(newest).scalar_one()
    rows = own(session, Suggestion).where(
        Suggestion.conversation_id == conversation_id, Suggestion.seq == seq
    )
    return [_view(s) for s in session.scalars(rows.order_by(Suggestion.rank))]


_OFFERED = Suggestion.__table__.c
_SUGGESTIONS = (
    own_once(Suggestion)
    .where(_OFFERED.id.in_(bindparam("ids", expanding=True)))
    .order_by(_OFFERED.rank)
)


def suggestions_by_id(session: Session, ids: tuple[str, ...]) -> list[SuggestionView]:
    seen = binding(session).actor.shops
    rows = do(session, _SUGGESTIONS, ids=ids)
    return [_view(s) for s in rows if seen is None or s.shop_id in seen]


def _view(s: Any) -> SuggestionView:
    return SuggestionView(
        s.id,
        s.message_id,
        s.seq,
        s.rank,
        s.text,
        s.kind,
        s.sources,
        s.sure,
        s.why,
        s.doubts,
        s.state,
    )


def scene_of(session: Session, cause: Cause, *, now: datetime) -> Scene | None:
    """What was said, who asks, what they bought and which rules hold; None when there is no turn to take.

    Newer words have their own turn, and where the machine is off there is none once a person was called.
    """
    conversation = conversations.get_conversation(session, cause.conversation_id)
    if conversation.closed_at is not None:
        return None
    strategy, _ = strategy_of(session, conversation.shop_id)
    off = strategy.mode is Mode.OFF
    if off and conversation.reception is not Reception.AI:
        return None
    shop = team.get_shop(session, conversation.shop_id)
    said = () if off else _said(session, conversation.id)
    newest = max((m.seq for m in said if not m.ours), default=0)
    if isinstance(cause, ConsumerSpoke) and newest > cause.seq:
        return None
    orders = [] if off else commerce.orders_of(session, conversation.consumer_id, limit=5)
    return Scene(conversation, said, Known(shop.id, shop.name, strategy, orders, (), now))


def _said(session: Session, conversation_id: str) -> tuple[Said, ...]:
    heard = conversations.messages_in(session, conversation_id, limit=SEEN_AT_ONCE)
    return tuple(
        Said(
            m.seq,
            m.id,
            m.text,
            m.author is not Author.CONSUMER,
            len(m.attachments),
            _felt(m.reading),
            m.author is Author.AGENT,
        )
        for m in heard
        if m.author not in {Author.NOTE, Author.SYSTEM}
    )


@dataclass(frozen=True, slots=True)
class KeptFeelings:
    """What a kept reading says of the consumer's mood."""

    sentiment_scores: dict[str, float]
    issues: tuple[Scored, ...]


def _felt(reading: dict[str, Any] | None) -> KeptFeelings | None:
    if not reading or "sentiment_scores" not in reading:
        return None  # nobody read these words, or a person alone did
    issues = tuple(Scored(issue["id"], issue["score"]) for issue in reading["issues"])
    return KeptFeelings(reading["sentiment_scores"], issues)


def product_codes(orders: Any) -> tuple[str, ...]:
    """What the talk may be about: the goods of the newest orders."""
    return tuple(dict.fromkeys(line["product"] for order in orders for line in order.lines))
