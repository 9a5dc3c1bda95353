"""Durable work: a row in the same transaction as its cause, leased while it is done, tried again when it fails."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Index, String, Text, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from diji.events import new_id

from .tables import Owned, add_new, own, own_delete, own_update, run

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
_BACKOFF = (1, 5, 15, 60, 300, 900, 3600)


class JobRow(Owned):
    """A piece of work that somebody must do after the commit."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "tenant_id", "state", "due_at"),)

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    args: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(32))
    last_error: Mapped[str | None] = mapped_column(Text)


class ReactionRow(Owned):
    """How far a room has reacted to the ledger."""

    __tablename__ = "reaction_positions"

    room: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class FailedReaction(Owned):
    """An event to which a room could not react even after several tries; kept for people to look at."""

    __tablename__ = "failed_reactions"

    room: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    failed_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(Text)


class LeaseRow(Owned):
    """Who does a thing that only one process may do, and until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    holder: Mapped[str] = mapped_column(String(32))
    until: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """A leased piece of work."""

    id: str
    kind: str
    args: dict[str, Any]
    attempts: int
    lease: str


def put_off(
    session: Session,
    /,
    kind: str,
    *,
    due_at: datetime | None = None,
    key: str | None = None,
    **args: Any,
) -> None:
    """Have `@does(kind)` run with `args` after the commit; a second call with the same `key` changes nothing."""
    session.info["pen"].work_was_put_off = True
    add_new(
        session,
        JobRow,
        id=f"{kind}:{key}" if key else new_id(),
        kind=kind,
        args=args,
        state="waiting",
        attempts=0,
        due_at=due_at or datetime.now(UTC),
    )


def database_now(session: Session) -> datetime:
    """The clock that decides about leases: the database's, where several machines share one."""
    if session.get_bind().dialect.name == "postgresql":
        seconds = session.execute(
            select(func.extract("epoch", func.clock_timestamp()))
        ).scalar_one()
        return datetime.fromtimestamp(float(seconds), UTC)
    return datetime.now(UTC)


def has_work(session: Session) -> bool:
    now = database_now(session)
    return session.execute(_due(session, now, JobRow.id).limit(1)).first() is not None


def _due(session: Session, now: datetime, *columns: Any) -> Any:
    free = or_(JobRow.leased_until.is_(None), JobRow.leased_until < now)
    return own(session, *columns).where(JobRow.state == "waiting", JobRow.due_at <= now, free)


def lease_jobs(session: Session, *, most: int) -> list[Job]:
    """Take up to `most` pieces of due work; nobody else gets them while the lease holds."""
    now = database_now(session)
    rows = session.scalars(_due(session, now, JobRow).order_by(JobRow.due_at).limit(most)).all()
    for row in rows:
        row.lease, row.leased_until, row.attempts = new_id(), now + LEASE, row.attempts + 1
    return [Job(r.id, r.kind, r.args, r.attempts, r.lease or "") for r in rows]


def keep_lease(session: Session, job: Job) -> bool:
    """Hold on to work that takes long; False when somebody else has it by now."""
    until = database_now(session) + LEASE
    held = _held(own_update(session, JobRow), job).values(leased_until=until)
    return run(session, held).rowcount == 1


def finish_job(session: Session, job: Job) -> None:
    run(session, _held(own_delete(session, JobRow), job))


def return_job(session: Session, job: Job) -> None:
    """Lay down work that was cut short by a stop: it is due at once, and the try does not count."""
    values = {"lease": None, "leased_until": None, "attempts": JobRow.attempts - 1}
    run(session, _held(own_update(session, JobRow), job).values(**values))


def give_back_job(session: Session, job: Job, *, error: str) -> None:
    """Try again later, or after many tries leave it for people to look at."""
    pause = _BACKOFF[min(job.attempts, len(_BACKOFF)) - 1]
    state = "failed" if job.attempts >= MOST_ATTEMPTS else "waiting"
    again = database_now(session) + timedelta(seconds=pause)
    values = {"state": state, "lease": None, "leased_until": None, "due_at": again}
    run(session, _held(own_update(session, JobRow), job).values(last_error=error[:2000], **values))


def _held(statement: Any, job: Job) -> Any:
    return statement.where(JobRow.id == job.id, JobRow.lease == job.lease)


def reaction_position(session: Session, room: str) -> int:
    row = session.execute(
        own(session, ReactionRow.position).where(ReactionRow.room == room)
    ).first()
    return row[0] if row else 0


def save_reaction_position(session: Session, room: str, position: int) -> None:
    ahead = own_update(session, ReactionRow).where(
        ReactionRow.room == room, ReactionRow.position < position
    )
    if run(session, ahead.values(position=position)).rowcount == 0:
        add_new(session, ReactionRow, room=room, position=position)


def keep_failed_reaction(
    session: Session, room: str, position: int, *, error: str, now: datetime
) -> None:
    add_new(
        session, FailedReaction, room=room, position=position, failed_at=now, error=error[:2000]
    )


def take_lease(session: Session, name: str, holder: str, *, seconds: float) -> bool:
    """Take or keep a lease; False while somebody else holds it."""
    now = database_now(session)
    until = now + timedelta(seconds=seconds)
    if add_new(session, LeaseRow, name=name, holder=holder, until=until):
        return True
    mine = own_update(session, LeaseRow).where(
        LeaseRow.name == name, or_(LeaseRow.holder == holder, LeaseRow.until < now)
    )
    return run(session, mine.values(holder=holder, until=until)).rowcount == 1


def release_lease(session: Session, name: str, holder: str) -> None:
    """Lay a lease down, so that the next need not wait for its end."""
    run(
        session,
        own_delete(session, LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder),
    )


def forget_dead_leases(connection: Connection) -> None:
    """Free what a process that is gone held, for all tenants."""
    connection.execute(delete(LeaseRow))
    connection.execute(update(JobRow).values(lease=None, leased_until=None))
