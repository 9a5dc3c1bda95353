"""Imports at work, and the end of files that nobody wants any more."""

from datetime import UTC, datetime, timedelta

from diji.foundation import Store, does, every

from . import importing, queries

FORGOTTEN_AFTER = timedelta(days=7)


@does("reviews.import")
async def go_on_importing(store: Store, *, import_id: str) -> None:
    await importing.work_on(store, import_id)


@every(seconds=3600)
async def forget_unconfirmed_files(store: Store) -> None:
    """A file that was only looked at holds buyers' words; after a week it goes."""
    before = datetime.now(UTC) - FORGOTTEN_AFTER
    for import_id in await store.read(queries.imports_left, before=before):
        importing.files_of(store).rows(import_id).unlink(missing_ok=True)
