"""Imports at work, and the end of files that nobody wants any more."""

import asyncio
from datetime import UTC, datetime

from diji.foundation import Store, does, every

from . import importing, queries, undoing


@does("reviews.import")
async def go_on_importing(store: Store, *, import_id: str) -> None:
    await importing.work_on(store, import_id)


@does("reviews.undo")
async def go_on_undoing(store: Store, *, import_id: str) -> None:
    await undoing.work_on(store, import_id)


@every(seconds=3600)
async def forget_files(store: Store) -> None:
    """Files hold buyers' words: what was only looked at, failed, or could not be taken in goes after a week."""
    left = await store.read(queries.imports_left, before=datetime.now(UTC) - importing.KEPT_FOR)
    await asyncio.to_thread(importing.files_of(store).drop, left)
