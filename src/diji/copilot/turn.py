"""One turn, live: read, think, write."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from diji import commerce, knowledge
from diji.commerce import ProductView
from diji.foundation import Store
from diji.knowledge import Scope

from . import actions, queries
from .queries import Cause
from .rules import Mode
from .thinking import Said, goods_in, intents_of, question_of, read_each, think


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

    # No transaction is open while we think, and the house goes on: long words take their time.
    readings = await asyncio.to_thread(read_each, scene.said)
    if not readings:
        return
    asked, reading = question_of(readings)
    known = replace(scene.known, products=await _goods(store, scene.said))
    products = tuple(p.code for p in known.products) or queries.product_codes(known.orders)
    scope = Scope(known.shop_id, known.now, intents_of(reading), products)
    hits = await store.read(knowledge.search, asked, scope)
    thought = await asyncio.to_thread(think, readings, hits, known)

    await store.write(
        actions.settle_turn,
        cause.conversation_id,
        thought,
        caused_by=cause.id,
        now=datetime.now(UTC),
    )


async def _goods(store: Store, said: Sequence[Said]) -> tuple[ProductView, ...]:
    """The product that the consumer came from, where the shop knows one of that very name."""
    name = goods_in(said)
    found = await store.read(commerce.products, words=name) if name else []
    return tuple(product for product in found if product.name == name)


async def call_person(store: Store, cause: Cause, *, why: str, words: str) -> None:
    """Hand over without a turn."""
    await store.write(
        actions.call_person,
        cause.conversation_id,
        why=(why,),
        words=words,
        caused_by=cause.id,
        now=datetime.now(UTC),
    )
