"""What the inbox does by the clock."""

from datetime import UTC, datetime

from diji.foundation import Store, every

from . import actions, queries


@every(seconds=300)
async def close_quiet_conversations(store: Store) -> None:
    """A day of silence ends a conversation that nobody waits in."""
    now = datetime.now(UTC)
    for conversation_id in await store.read(queries.quiet_since, now - actions.QUIET):
        await store.write(actions.close_if_quiet, conversation_id, now=now)
