"""The chats of the past as conversations with times, people and readings."""

import json
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from diji import conversations, copilot
from diji.conversations import Author, PastConversation, PastMessage
from diji.copilot import Strategy
from diji.events import MessageUnderstood
from diji.foundation import record
from diji.knowledge import ArticleIndex

from . import world
from .cast import SIMULATED, Consumer, consumers
from .chance import chance, mark
from .hours import on_day
from .orders import bought

REACH = 60  # days
PICTURE = "[图片]"
_AFTER_BUYING = frozenset(
    [
        "order_placed",
        "urge_shipment",
        "change_address",
        "change_order",
        "cancel_order",
        "invoice",
        "track_parcel",
        "delivery_delay",
        "delivery_problem",
        "extend_receipt",
        "delivery_schedule",
        "installation",
        "return_refund",
        "refund_only",
        "exchange",
        "return_in_transit",
        "refund_status",
        "cancel_aftersale",
        "quality_issue",
        "wrong_or_missing",
        "reship",
        "repair_warranty",
        "usage_help",
        "price_protection",
        "compensation",
        "complaint",
    ]
)
_AGENTS = {
    "tmall": ("xiaoli", "xiaoli", "xiaozhou"), "jd": ("xiaoli", "xiaoli", "xiaozhou"),
    "douyin": ("xiaochen", "xiaochen", "xiaozhou"), "pdd": ("xiaochen", "xiaochen", "xiaozhou"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture that a consumer sent: its id, and whose it is."""

    id: str
    shop: str
    consumer_id: str


@dataclass(frozen=True, slots=True)
class PastChat:
    """A conversation to be kept, and the pictures that must lie there first."""

    past: PastConversation
    enclosed: tuple[Enclosed, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A past chat before anybody has read it."""

    chat: world.Chat
    consumer: Consumer
    start: datetime
    dice: random.Random


def plan(born: datetime) -> list[Draft]:
    """Who had which of the written chats, and when; oldest first."""
    buyers = bought(born)
    by_id = {c.id: c for c in consumers()}
    of_shop = {shop: [c for c in by_id.values() if c.shop == shop] for shop in _AGENTS}
    found = []
    for chat in world.chats():
        dice = chance(f"chat:{chat.number}")
        days_ago = dice.uniform(1, REACH)
        # The machine serves at night too; people from 8 to 23.
        by_person = any(who == "agent" for who, _ in chat.turns)
        first, last = (8, 22) if by_person else (0, 23)
        start = on_day(born, days_ago, dice, first=first, last=last)
        known = buyers.get((chat.shop, chat.product or ""), [])
        fitting = [by_id[who] for who, at in known if chat.topic in _AFTER_BUYING and at < start]
        found.append(Draft(chat, dice.choice(fitting or of_shop[chat.shop]), start, dice))
    return sorted(found, key=lambda draft: draft.start)


def written(drafts: list[Draft], index: ArticleIndex) -> list[PastChat]:
    """The chats with the machine's readings: what takes a while, so a few at a time."""
    readings = _readings([draft.chat for draft in drafts], index)
    return [_chat(draft, readings[draft.chat.number]) for draft in drafts]


def keep_chat(session: Session, chat: PastChat) -> bool:
    """Store a past chat, with what the machine would have understood of each message."""
    past = chat.past
    if not conversations.keep_history(session, past):
        return False
    for message in past.said:
        if (reading := message.reading) is not None:
            record(session, _understood(past, message, reading))
    return True


def _understood(
    past: PastConversation, message: PastMessage, reading: dict[str, Any]
) -> MessageUnderstood:
    same = ("intent", "emotion", "intensity", "flags", "needs_human", "confident", "decision")
    return MessageUnderstood(
        shop_id=past.shop_id, conversation_id=past.id, message_id=message.id, happened_at=message.said_at,
        issues=tuple(issue["id"] for issue in reading["issues"]), **{name: reading[name] for name in same},
    )  # fmt: skip


def _readings(chats: list[world.Chat], index: ArticleIndex) -> dict[int, dict[int, dict[str, Any]]]:
    """For each chat and each turn of the consumer what the machine makes of it, with decision and reasons."""
    lines = [
        json.dumps(
            {
                "session": f"{c.number}",
                "turns": [{"role": who, "text": text} for who, text in c.turns],
            }
        )
        for c in chats
    ]
    found: dict[int, dict[int, dict[str, Any]]] = {c.number: {} for c in chats}
    for recording in copilot.read_recordings(lines):
        for result in copilot.replay(recording, index, Strategy()):
            reading = {**result["reading"], "decision": result["decision"], "why": result["why"]}
            found[int(recording.id)][result["turn"]] = reading
    return found


def _chat(draft: Draft, readings: dict[int, dict[str, Any]]) -> PastChat:
    chat, consumer, dice = draft.chat, draft.consumer, draft.dice
    agent = dice.choice(_AGENTS[chat.shop])
    said: list[PastMessage] = []
    enclosed: list[Enclosed] = []
    at, before = draft.start, ""
    for seq, (who, text) in enumerate(chat.turns, start=1):
        at += timedelta(seconds=_pause(who, before, text, dice) if before else 0)
        shown = [
            Enclosed(mark(f"picture:{chat.number}:{seq}:{n}"), chat.shop, consumer.id)
            for n in range(text.count(PICTURE))
        ]
        enclosed += shown
        author = Author(who)
        said.append(
            PastMessage(
                mark(f"message:{chat.number}:{seq}"), author, text.replace(PICTURE, "").strip(), at,
                author_id=agent if author is Author.AGENT else None,
                attachments=tuple(_as_shown(one) for one in shown), reading=readings.get(seq),
            )
        )  # fmt: skip
        before = who
    past = PastConversation(
        id=mark(f"chat:{chat.number}"), shop_id=chat.shop, consumer_id=consumer.id, channel=SIMULATED,
        recipient=consumer.recipient, closed_at=at + timedelta(minutes=dice.uniform(3, 25)),
        said=tuple(said), why_person=_why(said),
    )  # fmt: skip
    return PastChat(past, tuple(enclosed))


def _as_shown(one: Enclosed) -> dict[str, Any]:
    size = {"width": 720, "height": 540}
    return {"id": one.id, "kind": "picture", "mediaType": "image/png", **size}


def _pause(who: str, before: str, text: str, dice: random.Random) -> float:
    """Seconds that pass before these words: the machine is quick, people type."""
    if who == "copilot":
        return dice.uniform(1, 4)
    if who == "agent":
        return dice.uniform(18, 70) + len(text) * 0.4
    return len(text) * 0.5 + (dice.uniform(2, 9) if before == "consumer" else dice.uniform(8, 75))


def _why(said: list[PastMessage]) -> tuple[str, ...]:
    """Why a person came: the reasons that the machine had before the agent's first words."""
    reasons: Counter[str] = Counter()
    for message in said:
        if message.author is Author.AGENT:
            return tuple(reason for reason, _ in reasons.most_common(3)) or ("not_alone",)
        if message.reading and message.reading["decision"] != "answer":
            reasons.update(message.reading["why"])
    return ()
