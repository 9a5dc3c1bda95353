"""The outbox at work."""

from datetime import UTC, datetime

import structlog

from diji.foundation import Store, does

from . import actions
from .registry import find_channel
from .rules import Channel, DeliveryFailed, Outgoing

_LOG = structlog.get_logger("diji.channels")


@does("deliver")
async def deliver(store: Store, *, message_id: str) -> None:
    """`sending` is committed before the call, so that a crash leaves a question and never a second message."""
    begun = await store.write(actions.begin_sending, message_id, now=datetime.now(UTC))
    if begun is None:
        return
    before, kind, outgoing = begun
    channel = find_channel(kind)
    if channel is None:
        await store.write(
            actions.mark_failed,
            message_id,
            why=f"no channel {kind}",
            permanent=True,
            now=datetime.now(UTC),
        )
        return
    if before == "sending" and not await _may_send_again(store, channel, outgoing):
        return
    await _send(store, channel, outgoing)


async def _may_send_again(store: Store, channel: Channel, outgoing: Outgoing) -> bool:
    went_out = await channel.was_sent(outgoing)
    if went_out is None:
        await store.write(actions.mark_unknown, outgoing.message_id, now=datetime.now(UTC))
    elif went_out:
        await store.write(
            actions.mark_sent, outgoing.message_id, platform_id=None, now=datetime.now(UTC)
        )
    return went_out is False


async def _send(store: Store, channel: Channel, outgoing: Outgoing) -> None:
    try:
        platform_id = await channel.send(outgoing)
    except DeliveryFailed as failure:
        again = await store.write(
            actions.mark_failed,
            outgoing.message_id,
            why=str(failure),
            permanent=failure.permanent,
            now=datetime.now(UTC),
        )
        _LOG.warning("delivery.failed", permanent=failure.permanent, again=again)
        if again:
            raise
        return
    await store.write(
        actions.mark_sent, outgoing.message_id, platform_id=platform_id, now=datetime.now(UTC)
    )
