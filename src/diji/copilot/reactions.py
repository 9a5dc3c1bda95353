"""What the machine does by itself."""

import time
from datetime import UTC, datetime

import structlog

from diji.events import ConsumerSpoke, ConversationReleased, ReplyPosted
from diji.foundation import Store, Unavailable, reacts_to

from . import actions
from .queries import Cause, strategy_of
from .rules import Mode
from .turn import call_person, take_turn

_LOG = structlog.get_logger("diji.copilot")


@reacts_to(ConsumerSpoke)
async def answer_consumer(store: Store, spoke: ConsumerSpoke) -> None:
    if spoke.reception != "ai" and await _machine_is_off(store, spoke.shop_id):
        return  # a person was called already, and no suggestion is wanted
    await _turn_or_person(store, spoke)


MODE_KNOWN_FOR = 1.0  # seconds; a lead's change is felt that late in talks that a person leads


async def _machine_is_off(store: Store, shop_id: str) -> bool:
    """Whether the shop's machine is off; a busy shop is not looked up for each message."""
    known = store.memory.setdefault("machine_off", {})
    key, now = (store.tenant_id, shop_id), time.monotonic()
    until, off = known.get(key, (0.0, False))
    if now >= until:
        strategy, _ = await store.read(strategy_of, shop_id)
        off = strategy.mode is Mode.OFF
        known[key] = (now + MODE_KNOWN_FOR, off)
    return bool(off)


@reacts_to(ConversationReleased)
async def take_the_pen_back(store: Store, released: ConversationReleased) -> None:
    """Who was waiting when a person gave the pen back is answered, not asked to speak again."""
    if released.to == "ai":
        await _turn_or_person(store, released)


async def _turn_or_person(store: Store, cause: Cause) -> None:
    """A turn that breaks never leaves a consumer alone: a person is called instead."""
    try:
        await take_turn(store, cause)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - whatever broke, a person is called
        _LOG.exception("turn.broke")
        await call_person(store, cause, why="machine_broke", words="正在为您转接人工客服，请稍候。")


@reacts_to(ReplyPosted)
async def learn_what_was_sent(store: Store, posted: ReplyPosted) -> None:
    if posted.suggestion_id:
        await store.write(
            actions.mark_used, posted.suggestion_id, posted.message_id, now=datetime.now(UTC)
        )
