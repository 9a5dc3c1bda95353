"""One turn, live: read and think, then write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from diji import commerce, knowledge
from diji.commerce import ProductView
from diji.foundation import Store
from diji.knowledge import Scope

from . import actions, queries
from .queries import Cause, Scene
from .rules import Mode
from .thinking import Said, Thought, goods_in, intents_of, question_of, read_each, think


async def take_turn(store: Store, cause: Cause) -> None:
    """Read what was said, decide, and answer, draft or hand over.

    A turn answers the newest words; one that finds newer words gives way to theirs.
    """
    scene, thought = await store.read(ponder, cause, now=datetime.now(UTC))
    if scene and scene.known.strategy.mode is Mode.OFF:
        words = scene.known.strategy.handover_words
        await call_person(store, cause, why="machine_off", words=words)
    elif thought:
        await store.write(
            actions.settle_turn,
            cause.conversation_id,
            thought,
            caused_by=cause.id,
            now=datetime.now(UTC),
        )


def ponder(session: Session, cause: Cause, *, now: datetime) -> tuple[Scene | None, Thought | None]:
    """What the turn sees and thinks, in one snapshot and on one reader's thread: the house goes on meanwhile.

    No scene where there is no turn to take; no thought where the machine is off or nothing waits for words.
    """
    scene = queries.scene_of(session, cause, now=now)
    if scene is None or scene.known.strategy.mode is Mode.OFF:
        return scene, None
    readings = read_each(scene.said)
    if not readings:
        return scene, None
    asked, reading = question_of(readings)
    known = replace(scene.known, products=_goods(session, scene.said))
    products = tuple(p.code for p in known.products) or queries.product_codes(known.orders)
    scope = Scope(known.shop_id, known.now, intents_of(reading), products)
    hits = knowledge.search(session, asked, scope)
    return scene, think(readings, hits, known, scene.said)


def _goods(session: Session, said: Sequence[Said]) -> tuple[ProductView, ...]:
    """The product that the consumer came from, where the shop knows one of that very name."""
    name = goods_in(said)
    found = commerce.products(session, words=name) if name else []
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
