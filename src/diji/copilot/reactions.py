"""What the machine does by itself."""

from datetime import UTC, datetime

import structlog

from diji.events import ConsumerSpoke, ReplyPosted
from diji.foundation import Store, Unavailable, reacts_to

from . import actions
from .turn import call_person, take_turn

_LOG = structlog.get_logger("diji.copilot")


@reacts_to(ConsumerSpoke)
async def answer_consumer(store: Store, spoke: ConsumerSpoke) -> None:
    """A turn that breaks never leaves a consumer alone: a person is called instead."""
    try:
        await take_turn(store, spoke)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - whatever broke, a person is called
        _LOG.exception("turn.broke")
        await call_person(store, spoke, why="machine_broke", words="正在为您转接人工客服，请稍候。")


@reacts_to(ReplyPosted)
async def learn_what_was_sent(store: Store, posted: ReplyPosted) -> None:
    if posted.suggestion_id:
        await store.write(
            actions.mark_used, posted.suggestion_id, posted.message_id, now=datetime.now(UTC)
        )
