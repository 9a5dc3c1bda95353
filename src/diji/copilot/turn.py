"""One turn, live: read, think, write."""

from datetime import UTC, datetime

from diji import knowledge
from diji.conversations import Reception
from diji.events import ConsumerSpoke
from diji.foundation import Store
from diji.knowledge import Scope

from . import actions, queries
from .rules import Mode
from .thinking import question_of, read_each, think


async def take_turn(store: Store, spoke: ConsumerSpoke) -> None:
    """Read what was said, decide, and answer, draft or hand over.

    A turn answers the newest words; one that finds newer words gives way to theirs.
    """
    scene = await store.read(queries.scene_of, spoke.conversation_id, now=datetime.now(UTC))
    newest = max((m.seq for m in scene.said if not m.ours), default=0)
    if newest > spoke.seq or scene.conversation.closed_at is not None:
        return
    if scene.known.strategy.mode is Mode.OFF and scene.conversation.reception is not Reception.AI:
        return

    # No transaction is open while we think.
    readings = read_each(scene.said)
    if not readings:
        return
    asked, reading = question_of(readings)
    products = queries.product_codes(scene.known.orders)
    scope = Scope(scene.known.shop_id, scene.known.now, (reading.intent,), products)
    hits = await store.read(knowledge.search, asked, scope)
    thought = think(readings, hits, scene.known)

    await store.write(
        actions.settle_turn,
        spoke.conversation_id,
        thought,
        caused_by=spoke.id,
        now=datetime.now(UTC),
    )
