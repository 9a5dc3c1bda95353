"""What can be done with reviews. An import is written piece by piece, each piece one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from diji import team
from diji.events import ReviewHandled, ReviewImportAdvanced, ReviewsImported, new_id
from diji.foundation import (
    Conflict,
    Invalid,
    NotFound,
    add_many,
    add_new,
    binding,
    own,
    own_insert,
    own_update,
    put_off,
    record,
    run,
)
from diji.understanding import ReviewReading

from .columns import Field, signature
from .dates import china_day
from .models import (
    RememberedMapping,
    Review,
    ReviewAspect,
    ReviewedProduct,
    ReviewImport,
    ReviewIssue,
)
from .queries import get_import_row
from .rules import ImportState, Row, phrase
from .stars import Scale, Verdict
from .tones import clear_tone

MOST_FAILURES = 3
_SAMPLES_KEPT = 5
_VERDICTS = {"positive": Verdict.GOOD, "neutral": Verdict.NEUTRAL, "negative": Verdict.BAD}
_SENTIMENTS = {verdict: sentiment for sentiment, verdict in _VERDICTS.items()}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file that was looked at: what its columns are called and probably mean."""

    import_id: str
    shop_id: str
    platform: str
    file_name: str
    headers: list[str]
    samples: list[list[str]]
    mapping: dict[str, int]
    begin: int
    total: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file, read and understood; `reading` is None where there are no words."""

    begin: int
    end: int
    rows: Sequence[tuple[Row, ReviewReading | None]]
    bad: int


def propose_import(session: Session, proposal: Proposal, *, now: datetime) -> str:
    """Keep the proposal until somebody confirms it; how such a file was meant before comes first."""
    shop = team.get_shop(session, proposal.shop_id)
    remembered = _remembered(session, proposal.headers)
    add_new(
        session, ReviewImport, id=proposal.import_id, shop_id=shop.id, platform=proposal.platform or shop.platform,
        file_name=proposal.file_name[-200:], state=ImportState.PROPOSED, headers=proposal.headers,
        samples=proposal.samples[:_SAMPLES_KEPT], signature=signature(proposal.headers),
        mapping=remembered or proposal.mapping, remembered=bool(remembered), rating_scale=Scale.FIVE,
        label_scale=Scale.ZERO_ONE, begin=proposal.begin, position=proposal.begin, total=proposal.total,
        done=0, added=0, duplicates=0, bad=0, dates_missing=False, failures=0, created_at=now,
        created_by=binding(session).actor.id,
    )  # fmt: skip
    return proposal.import_id


def _remembered(session: Session, headers: list[str]) -> dict[str, int]:
    known = own(session, RememberedMapping.mapping).where(
        RememberedMapping.signature == signature(headers)
    )
    row = session.execute(known).first()
    return dict(row[0]) if row else {}


def check_mapping(mapping: Mapping[str, int], headers: Sequence[str]) -> None:
    """A mapping names fields that exist, columns that exist, none twice, and the words of the review."""
    unknown = [field for field in mapping if field not in set(Field)]
    outside = [field for field, column in mapping.items() if not 0 <= column < len(headers)]
    if unknown or outside:
        raise Invalid(
            "列的对应有误", "The mapping names what is not there", fields=unknown + outside
        )
    if len(set(mapping.values())) < len(mapping):
        raise Invalid("同一列不能对应两个含义", "A column can mean one thing only")
    if Field.TEXT not in mapping and Field.RATING not in mapping:
        raise Invalid("请指出哪一列是评价内容", "Say which column holds the reviews' words")


def begin_import(
    session: Session,
    import_id: str,
    mapping: Mapping[str, int],
    *,
    rating_scale: Scale,
    label_scale: Scale,
    now: datetime,
) -> None:
    """Start, or go on after a failure where it stood; the work itself is done by `reviews.import`."""
    row = get_import_row(session, import_id)
    check_mapping(mapping, row.headers)
    if row.state in {ImportState.RUNNING, ImportState.FINISHED}:
        if row.mapping == dict(mapping):
            return
        raise Conflict("这个文件已经在导入", "This file is being imported already")
    if row.state in {ImportState.UNDOING, ImportState.UNDONE}:
        raise Conflict(
            "这次导入已撤回：请重新上传文件", "This import was taken back: send the file again"
        )
    if row.done and row.mapping != dict(mapping):
        raise Conflict("已导入一部分，不能再改列的对应", "Some rows are in: the mapping is fixed")
    row.state, row.mapping, row.error, row.failures = ImportState.RUNNING, dict(mapping), None, 0
    row.rating_scale, row.label_scale = rating_scale, label_scale
    row.dates_missing = Field.DATE not in mapping
    _remember(session, row, now)
    put_off(session, "reviews.import", import_id=import_id)
    _tell(session, row, now)


def _remember(session: Session, row: ReviewImport, now: datetime) -> None:
    known = own_update(session, RememberedMapping).where(
        RememberedMapping.signature == row.signature
    )
    if run(session, known.values(mapping=row.mapping, used_at=now)).rowcount == 0:
        add_new(
            session, RememberedMapping, signature=row.signature, mapping=row.mapping, used_at=now
        )


def write_piece(session: Session, import_id: str, piece: Piece, *, now: datetime) -> bool:
    """Store a piece; False when somebody else has stored it already, so that no row counts twice."""
    row = get_import_row(session, import_id)
    if row.state != ImportState.RUNNING or row.position != piece.begin:
        return False
    fresh = _unknown(session, row.shop_id, piece.rows)
    kept = [(new_id(), said, reading) for said, reading in fresh]
    _insert(session, Review, [_review(row, *one, now=now) for one in kept])
    _insert(session, ReviewAspect, [a for one in kept for a in _aspects(row, *one, now=now)])
    _insert(session, ReviewIssue, [i for one in kept for i in _issues(row, *one, now=now)])
    names = {said.product: said.product_name for said, _ in fresh if said.product_name}
    add_many(session, ReviewedProduct, [{"product": p, "name": name} for p, name in names.items()])
    row.position, row.failures = piece.end, 0
    row.done += len(piece.rows) + piece.bad
    row.added += len(fresh)
    row.duplicates += len(piece.rows) - len(fresh)
    row.bad += piece.bad
    _tell(session, row, now)
    return True


def _unknown(
    session: Session, shop_id: str, rows: Sequence[tuple[Row, ReviewReading | None]]
) -> list[tuple[Row, ReviewReading | None]]:
    """The first of each that the shop does not have."""
    first = {said.fingerprint: (said, reading) for said, reading in reversed(rows)}
    known = own(session, Review.fingerprint).where(
        Review.shop_id == shop_id, Review.fingerprint.in_(sorted(first))
    )
    for fingerprint in session.scalars(known):
        del first[fingerprint]
    return list(first.values())[::-1]


def _insert(session: Session, entity: Any, rows: list[dict[str, Any]]) -> None:
    """Many rows by one prepared statement: three times as fast as one statement with many values."""
    if rows:
        session.connection().execute(own_insert(session, entity), rows)


def _review(
    row: ReviewImport, review_id: str, said: Row, reading: ReviewReading | None, *, now: datetime
) -> dict[str, Any]:
    at = said.written_at or row.created_at
    by_buyer = said.rating is not None
    verdict = (
        said.rating.verdict
        if said.rating
        else _VERDICTS[reading.sentiment if reading else "neutral"]
    )
    return {
        "id": review_id, "shop_id": row.shop_id, "platform": row.platform, "product": said.product,
        "product_name": said.product_name, "sku": said.sku, "order_id": said.order_id, "buyer": said.buyer,
        "stars": said.rating.stars if said.rating else None, "verdict": verdict,
        "counted_by": "buyer" if by_buyer else "machine", "label": said.label, "text": said.text,
        "written_at": said.written_at, "imported_at": now, "at": at, "day": china_day(at),
        "dated": said.written_at is not None, "import_id": row.id, "fingerprint": said.fingerprint,
        "sentiment": reading.sentiment if reading else _SENTIMENTS[verdict],
        "sentiment_scores": {k: round(v, 3) for k, v in reading.sentiment_scores.items()} if reading else {},
        "mixed": bool(reading and reading.mixed), "confident": reading is None or reading.confident,
        "handled_at": None, "handled_by": None,
    }  # fmt: skip


def _aspects(
    row: ReviewImport, review_id: str, said: Row, reading: ReviewReading | None, **_: Any
) -> list[dict[str, Any]]:
    where = {
        "review_id": review_id,
        "shop_id": row.shop_id,
        "day": china_day(said.written_at or row.created_at),
    }
    moods: set[tuple[str, str]] = set()
    phrases: set[tuple[str, str, str]] = set()
    found = []
    for place, a in enumerate(reading.aspects if reading else ()):
        tone = clear_tone(a, reading, said.rating)
        mood, words = (a.id, tone), phrase(a.text)
        found.append({
            **where, "place": place, "aspect": a.id, "sentiment": tone, "again": mood in moods,
            "start": a.start, "end": a.end, "text": a.text,
            "phrase": "" if (*mood, words) in phrases else words,
        })  # fmt: skip
        moods.add(mood)
        phrases.add((*mood, words))
    return found


def _issues(
    row: ReviewImport, review_id: str, said: Row, reading: ReviewReading | None, **_: Any
) -> list[dict[str, Any]]:
    where = {
        "review_id": review_id,
        "shop_id": row.shop_id,
        "day": china_day(said.written_at or row.created_at),
    }
    found = {issue.id: issue.score for issue in (reading.issues if reading else ())}
    return [{**where, "issue": issue, "score": round(score, 3)} for issue, score in found.items()]


def finish_import(session: Session, import_id: str, *, now: datetime) -> None:
    """All rows are in: the samples, which show buyers' words, are not needed any more."""
    row = get_import_row(session, import_id)
    if row.state != ImportState.RUNNING:
        return
    row.state, row.finished_at, row.samples = ImportState.FINISHED, now, []
    _tell(session, row, now)
    record(
        session,
        ReviewsImported(shop_id=row.shop_id, import_id=row.id, added=row.added, happened_at=now),
    )


def pause_import(session: Session, import_id: str, *, now: datetime) -> None:
    """Let the rest be done by another piece of work, so that none runs longer than its lease."""
    row = get_import_row(session, import_id)
    put_off(
        session,
        "reviews.import",
        key=f"{import_id}:{row.position}",
        import_id=import_id,
        due_at=now,
    )


def note_failure(
    session: Session, import_id: str, why: str, *, now: datetime, for_good: bool = False
) -> bool:
    """Count a failure; after several the import stops and says so. True when it may be tried again."""
    row = get_import_row(session, import_id)
    if row.state != ImportState.RUNNING:
        return False
    row.failures += 1
    if for_good or row.failures >= MOST_FAILURES:
        row.state, row.error = ImportState.FAILED, why[:500]
        _tell(session, row, now)
    return row.state == ImportState.RUNNING


def _tell(session: Session, row: ReviewImport, now: datetime) -> None:
    advanced = ReviewImportAdvanced(
        shop_id=row.shop_id, import_id=row.id, done=row.done, total=row.total, state=str(row.state), happened_at=now
    )  # fmt: skip
    record(session, advanced)


def mark_handled(
    session: Session, review_id: str, *, handled: bool = True, by: str, now: datetime
) -> None:
    """Somebody has seen to a review, or takes that back; said twice it stays as it was the first time."""
    found = session.scalars(own(session, Review).where(Review.id == review_id)).first()
    if found is None:
        raise NotFound("没有这条评价", "There is no such review", review=review_id)
    if (found.handled_at is not None) == handled:
        return
    found.handled_at, found.handled_by = (now, by) if handled else (None, None)
    record(
        session,
        ReviewHandled(shop_id=found.shop_id, review_id=review_id, handled=handled, happened_at=now),
    )
