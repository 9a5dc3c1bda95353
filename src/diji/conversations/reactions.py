"""What the inbox does by the clock."""

from datetime import UTC, datetime

from diji import team
from diji.events import MemberChanged
from diji.foundation import Store, every, reacts_to

from . import actions, queries


@reacts_to(MemberChanged)
async def pass_on_what_was_theirs(store: Store, changed: MemberChanged) -> None:
    """Who left the team leaves nobody behind: their consumers wait for a colleague."""
    if await store.read(team.has_left, changed.member_id):
        for conversation_id in await store.read(queries.held_by, changed.member_id):
            now = datetime.now(UTC)
            await store.write(actions.pass_on, conversation_id, changed.member_id, now=now)


@every(seconds=300)
async def close_quiet_conversations(store: Store) -> None:
    """A day of silence ends a conversation that nobody waits in."""
    now = datetime.now(UTC)
    for conversation_id in await store.read(queries.quiet_since, now - actions.QUIET):
        await store.write(actions.close_if_quiet, conversation_id, now=now)
