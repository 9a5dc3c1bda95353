"""The way of a file: looked at, confirmed by a person, then read, understood and stored piece by piece."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from weakref import WeakValueDictionary

import structlog

from diji import understanding
from diji.events import new_id
from diji.foundation import NotFound, Refusal, Store
from diji.understanding import ReviewReading

from . import actions, queries, returned, sheets, staged
from .columns import Field, propose
from .given_back import was_given_back
from .queries import ImportView
from .rules import BadRow, ImportState, Plan, Row
from .stars import Scale, find_scale

_LOG = structlog.get_logger("diji.reviews")

Read = Callable[[list[str]], Sequence[ReviewReading]]

PIECE = 100  # rows in one transaction: messages wait no longer than it takes
KEPT_FOR = timedelta(days=7)  # files hold what buyers wrote and who they are
BUDGET = 20.0  # seconds of one piece of work, well within its lease
_ROWS_FOR_SCALE = 20_000
# Who imports at once and the durable work of the same import take turns: its files have one writer.
_HANDS: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Files:
    """Where an import keeps its rows while it needs them."""

    folder: Path

    def rows(self, import_id: str) -> Path:
        return self.folder / f"{import_id}.rows"

    def bad(self, import_id: str) -> Path:
        return self.folder / f"{import_id}.bad"

    def drop(self, import_ids: Iterable[str]) -> None:
        """All that these imports left in the folder, whatever it is."""
        gone = set(import_ids)
        for path in self.folder.glob("*"):
            if path.stem in gone:
                path.unlink(missing_ok=True)


def files_of(store: Store) -> Files:
    return Files(store.files / "review_imports")


async def propose_import(
    store: Store, content: bytes, *, file_name: str, shop_id: str, platform: str = "", now: datetime
) -> ImportView:
    """Read a file far enough to say what its columns seem to mean; nothing is imported yet."""
    import_id = new_id()
    path = files_of(store).rows(import_id)
    try:
        sheet = await asyncio.to_thread(sheets.stage, content, path)
        proposal = actions.Proposal(
            import_id, shop_id, platform[:16], file_name, sheet.headers, sheet.samples,
            propose(sheet.headers, sheet.samples), sheet.begin, sheet.total,
        )  # fmt: skip
        await store.write(actions.propose_import, proposal, now=now)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return await store.read(queries.get_import, import_id)


async def confirm_import(
    store: Store, import_id: str, mapping: Mapping[str, int], *, now: datetime
) -> ImportView:
    """Begin with this mapping; the worker carries on."""
    view = await store.read(queries.get_import, import_id)
    actions.check_mapping(mapping, view.headers)
    path = files_of(store).rows(import_id)
    rating, label = await _scales(store, path, view, mapping)
    await store.write(
        actions.begin_import, import_id, mapping, rating_scale=rating, label_scale=label, now=now
    )
    return await store.read(queries.get_import, import_id)


async def _scales(
    store: Store, path: Path, view: ImportView, mapping: Mapping[str, int]
) -> tuple[Scale, Scale]:
    """How the file's figures are meant; rows that we gave back are too few to tell, so it is as before."""
    if await asyncio.to_thread(was_given_back, path):
        before = await store.read(queries.scales_before, view.id)
        if before:
            return before
    return await asyncio.to_thread(
        lambda: (
            _scale(path, view, mapping, Field.RATING),
            _scale(path, view, mapping, Field.LABEL),
        )
    )


def _scale(path: Path, view: ImportView, mapping: Mapping[str, int], field: Field) -> Scale:
    column = mapping.get(field)
    if column is None or not path.exists():
        return Scale.FIVE
    rows = islice(staged.lines(path, view.begin), _ROWS_FOR_SCALE)
    return find_scale(
        (row.cells[column] for row in rows if column < len(row.cells)), view.headers[column]
    )


async def carry_on(
    store: Store, import_id: str, *, read: Read | None = None, budget: float | None = None
) -> ImportState:
    """Import pieces until all are in or the time is up; says how the import stands then."""
    async with _HANDS.setdefault(import_id, asyncio.Lock()):
        return await _carry_on(store, import_id, read or understanding.read_reviews, budget)


async def _carry_on(store: Store, import_id: str, read: Read, budget: float | None) -> ImportState:
    begun = time.monotonic()
    path = files_of(store).rows(import_id)
    while True:
        view = await store.read(queries.get_import, import_id)
        if view.state == ImportState.UNDONE:
            files_of(store).drop([import_id])
        if view.state != ImportState.RUNNING:
            return view.state
        if not path.exists():
            await _stop(store, import_id, "服务器上的文件已不在，请重新上传", for_good=True)
        elif view.done >= view.total:
            await _finish(store, view)
        elif budget is not None and time.monotonic() - begun > budget:
            return view.state
        else:
            piece = await asyncio.to_thread(_read_piece, path, view, read)
            await store.write(actions.write_piece, import_id, piece, now=datetime.now(UTC))


def _read_piece(path: Path, view: ImportView, read: Read) -> actions.Piece:
    end, taken = staged.piece(path, view.position, most=PIECE)
    rows = [row for line in taken if (row := _row(line, view.plan, view.created_at)) is not None]
    wordy = [row for row in rows if row.has_words]
    readings = dict(zip((id(row) for row in wordy), read([row.text for row in wordy]), strict=True))
    return actions.Piece(
        view.position, end, [(row, readings.get(id(row))) for row in rows], len(taken) - len(rows)
    )


def _row(line: staged.Line, plan: Plan, now: datetime) -> Row | None:
    try:
        return returned.read_line(line, plan, now=now)
    except BadRow:
        return None


async def _finish(store: Store, view: ImportView) -> None:
    """Write the file of bad rows, then drop the rows: they hold what buyers wrote and who they are."""
    files = files_of(store)
    if view.bad:
        await asyncio.to_thread(_keep_bad, files, view)
    await store.write(actions.finish_import, view.id, now=datetime.now(UTC))
    files.rows(view.id).unlink(missing_ok=True)


def _keep_bad(files: Files, view: ImportView) -> None:
    rows = returned.bad_rows(files.rows(view.id), view.begin, view.plan, now=view.created_at)
    returned.keep(files.bad(view.id), rows)


async def _stop(store: Store, import_id: str, why: str, *, for_good: bool) -> bool:
    return await store.write(
        actions.note_failure, import_id, why, now=datetime.now(UTC), for_good=for_good
    )


async def work_on(store: Store, import_id: str) -> None:
    """One turn of the durable work; what is left becomes the next."""
    try:
        if await carry_on(store, import_id, budget=BUDGET) is ImportState.RUNNING:
            await store.write(actions.pause_import, import_id, now=datetime.now(UTC))
    except Refusal:
        raise
    except Exception as error:
        _LOG.exception("reviews.import_failed", review_import=import_id)
        if await _stop(store, import_id, f"导入中断：{type(error).__name__}", for_good=False):
            raise


async def import_file(
    store: Store, content: bytes, *, file_name: str, shop_id: str, platform: str = "",
    mapping: Mapping[str, int] | None = None, read: Read | None = None, now: datetime,
) -> ImportView:  # fmt: skip
    """The whole way at once, for the command line and the demo."""
    view = await propose_import(
        store, content, file_name=file_name, shop_id=shop_id, platform=platform, now=now
    )
    await confirm_import(store, view.id, mapping or view.mapping, now=now)
    await carry_on(store, view.id, read=read)
    return await store.read(queries.get_import, view.id)


def bad_rows_file(store: Store, view: ImportView, *, form: str) -> bytes | None:
    """The rows that were not taken in, as a workbook or as CSV; None when there are none."""
    path = files_of(store).bad(view.id)
    if not path.exists():
        if view.bad and view.state == ImportState.FINISHED:
            raise NotFound(
                f"未导入的行只保留 {KEPT_FOR.days} 天，已经删除；需要时请重新上传文件",
                f"The rows that were left out are kept for {KEPT_FOR.days} days and are gone; send the file again",
                review_import=view.id,
            )
        return None
    write = returned.as_csv if form == "csv" else returned.as_xlsx
    return write(view.headers, returned.kept(path))
