"""One turn, live: read, think, write."""

from datetime import UTC, datetime

from diji import conversations, knowledge
from diji.foundation import Store
from diji.knowledge import Scope

from . import actions, queries
from .queries import Cause
from .rules import Mode
from .thinking import intents_of, question_of, read_each, think


async def take_turn(store: Store, cause: Cause) -> None:
    """Read what was said, decide, and answer, draft or hand over.

    A turn answers the newest words; one that finds newer words gives way to theirs.
    """
    scene = await store.read(queries.scene_of, cause, now=datetime.now(UTC))
    if scene is None:
        return
    if scene.known.strategy.mode is Mode.OFF:
        await call_person(
            store, cause, why="machine_off", words=scene.known.strategy.handover_words
        )
        return

    # No transaction is open while we think.
    readings = read_each(scene.said)
    if not readings:
        return
    asked, reading = question_of(readings)
    products = queries.product_codes(scene.known.orders)
    scope = Scope(scene.known.shop_id, scene.known.now, intents_of(reading), products)
    hits = await store.read(knowledge.search, asked, scope)
    thought = think(readings, hits, scene.known)

    await store.write(
        actions.settle_turn,
        cause.conversation_id,
        thought,
        caused_by=cause.id,
        now=datetime.now(UTC),
    )


async def call_person(store: Store, cause: Cause, *, why: str, words: str) -> None:
    """Hand over without a turn."""
    await store.write(
        conversations.hand_over,
        cause.conversation_id,
        why=(why,),
        words=words,
        caused_by=cause.id,
        now=datetime.now(UTC),
    )
