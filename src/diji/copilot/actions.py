"""What the machine does: it keeps readings, offers suggestions, answers, or hands over, all in one transaction."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji import conversations, team, understanding
from diji.answers import Draft
from diji.conversations import Author, ConversationView, Reception
from diji.events import MessageUnderstood, StrategyChanged, SuggestionsOffered, SuggestionUsed
from diji.foundation import Invalid, NotAllowed, add_new, binding, own, own_insert, record, run

from .models import StrategyRow, Suggestion
from .queries import EVERY_SHOP, strategy_from
from .rules import Decision
from .thinking import Said, Thought, calls_again


def settle_turn(
    session: Session, conversation_id: str, thought: Thought, *, caused_by: str, now: datetime
) -> None:
    """Carry out a turn. Checks again what the thinking assumed.

    A person may have taken the pen meanwhile; and where the consumer said more, the turn of those words answers all.
    """
    conversation = conversations.get_conversation(session, conversation_id)
    for message, reading in thought.readings:
        _keep_reading(session, conversation, message, reading, thought, now)
    if conversation.closed_at is not None:
        return
    last, _ = thought.readings[-1]
    verdict = thought.verdict
    if (
        verdict.decision is not Decision.HAND_OVER
        and conversations.newest_words(session, conversation_id) > last.seq
    ):
        return
    if verdict.decision is Decision.ANSWER and conversation.reception is Reception.AI:
        best = thought.drafts[0]
        conversations.reply(
            session,
            conversation_id,
            best.text,
            author=Author.COPILOT,
            caused_by=caused_by,
            sources=[asdict(source) for source in best.sources],
            now=now,
        )
        return
    _offer(session, conversation, last, thought.drafts, caused_by, now)
    why = _why_person(thought, conversation.reception)
    if why:
        words = thought_words(thought)
        _call(session, conversation, why=why, words=words, caused_by=caused_by, now=now)


def _why_person(thought: Thought, reception: Reception) -> tuple[str, ...]:
    """Why a person is to come; who waits for one already and calls again is heard by the desk alone."""
    verdict = thought.verdict
    why = verdict.why if verdict.decision is Decision.HAND_OVER or reception is Reception.AI else ()
    if reception is Reception.WAITING and calls_again(thought):
        return (*why, "intent_urge_reply")
    return why


def thought_words(thought: Thought) -> str:
    """What the consumer is told when a person takes over."""
    if thought.verdict.decision is Decision.HAND_OVER:
        return "正在为您转接人工客服，之前的对话同事都能看到，不用重复说明。"
    return "这个问题请同事来为您确认，之前的对话都能看到，不用重复说明。"


NOBODY_THERE = "现在没有人工客服在线。您的话已经留下，同事回来后会在这里回复您，不用重复说明。"


def call_person(
    session: Session,
    conversation_id: str,
    *,
    why: tuple[str, ...],
    words: str,
    caused_by: str | None,
    now: datetime,
) -> None:
    """Hand over; where nobody is at the desk the consumer is told so, and nothing is promised."""
    conversation = conversations.get_conversation(session, conversation_id)
    _call(session, conversation, why=why, words=words, caused_by=caused_by, now=now)


def _call(
    session: Session, conversation: ConversationView, *, why: tuple[str, ...], words: str,
    caused_by: str | None, now: datetime,
) -> None:  # fmt: skip
    told = words if team.somebody_serves(session, conversation.shop_id) else NOBODY_THERE
    conversations.hand_over(
        session, conversation.id, why=why, words=told, caused_by=caused_by, now=now
    )


def _keep_reading(
    session: Session,
    conversation: Any,
    message: Said,
    reading: Any,
    thought: Thought,
    now: datetime,
) -> None:
    shown = understanding.as_json(reading) | {
        "decision": thought.verdict.decision.value,
        "why": list(thought.verdict.why),
    }
    if not conversations.keep_reading(session, conversation.id, message.seq, shown):
        return
    ids = {"shop_id": conversation.shop_id, "conversation_id": conversation.id}
    record(
        session,
        MessageUnderstood(
            message_id=message.message_id,
            intent=reading.intent,
            emotion=reading.emotion,
            intensity=reading.intensity,
            flags=reading.flags,
            issues=tuple(i.id for i in reading.issues),
            needs_human=reading.needs_human,
            confident=reading.confident,
            decision=thought.verdict.decision.value,
            happened_at=now,
            **ids,
        ),
    )


def _offer(
    session: Session,
    conversation: Any,
    last: Said,
    drafts: tuple[Draft, ...],
    caused_by: str,
    now: datetime,
) -> None:
    offered = []
    for rank, draft in enumerate(drafts, start=1):
        suggestion_id = f"{last.message_id}-{rank}"
        new = add_new(
            session,
            Suggestion,
            id=suggestion_id,
            shop_id=conversation.shop_id,
            conversation_id=conversation.id,
            message_id=last.message_id,
            seq=last.seq,
            rank=rank,
            text=draft.text,
            kind=draft.kind.value,
            sources=[asdict(source) for source in draft.sources],
            sure=round(draft.sure, 3),
            why=draft.why[:300],
            doubts=list(draft.doubts),
            state="offered",
            offered_at=now,
        )
        if new:
            offered.append(suggestion_id)
    if offered:
        ids = {
            "shop_id": conversation.shop_id,
            "conversation_id": conversation.id,
            "message_id": last.message_id,
        }
        record(
            session,
            SuggestionsOffered(
                suggestion_ids=tuple(offered), caused_by=caused_by, happened_at=now, **ids
            ),
        )


def mark_used(session: Session, suggestion_id: str, message_id: str, *, now: datetime) -> None:
    """An agent sent a suggestion: remember whether they changed it, for the trainer."""
    row = session.scalars(own(session, Suggestion).where(Suggestion.id == suggestion_id)).first()
    if row is None or row.state != "offered":
        return
    sent = conversations.get_message(session, message_id)
    if sent.conversation_id != row.conversation_id:
        return  # somebody named a suggestion of another talk
    changed = sent.text.strip() != row.text.strip()
    row.state, row.sent_text = ("changed" if changed else "sent"), sent.text
    ids = {"shop_id": row.shop_id, "conversation_id": row.conversation_id}
    record(
        session,
        SuggestionUsed(suggestion_id=suggestion_id, changed=changed, happened_at=now, **ids),
    )


def change_strategy(
    session: Session, body: dict[str, Any], *, shop_id: str | None, now: datetime
) -> int:
    """A lead's new rules; the version before stays for whoever asks why."""
    try:
        strategy_from(body)
    except (ValueError, TypeError):
        raise Invalid("策略内容不正确", "These rules make no sense") from None
    if shop_id is None and binding(session).actor.shops is not None:
        raise NotAllowed(
            "所有店铺共用的策略，只有管理全部店铺的人能改",
            "Only who sees every shop may change the rules of every shop",
        )
    scope = shop_id or EVERY_SHOP
    rows = own(session, StrategyRow.version).where(StrategyRow.scope == scope)
    row = session.execute(rows.order_by(StrategyRow.version.desc()).limit(1)).first()
    version = (row[0] if row else 0) + 1
    by = binding(session).actor.id
    run(
        session,
        own_insert(
            session,
            StrategyRow,
            scope=scope,
            version=version,
            body=body,
            changed_by=by,
            changed_at=now,
        ),
    )
    record(session, StrategyChanged(shop_id=shop_id, version=version, happened_at=now))
    return version
