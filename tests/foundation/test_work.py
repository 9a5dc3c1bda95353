"""Durable work: done once at a time, tried again later, and never lost."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from diji.foundation import (
    Job,
    Store,
    Warehouse,
    database_now,
    finish_job,
    give_back_job,
    has_work,
    keep_lease,
    lease_jobs,
    own,
    own_update,
    put_off,
    release_lease,
    return_job,
    run,
    take_lease,
)
from diji.foundation.jobs import LEASE, MOST_ATTEMPTS, JobRow, LeaseRow
from tests.make import now


def rows(session: Session) -> list[dict[str, Any]]:
    columns = own(session, JobRow.id, JobRow.state, JobRow.attempts, JobRow.due_at, JobRow.args)
    return [dict(r._mapping) for r in session.execute(columns)]  # noqa: SLF001


def time_passes(session: Session, by: timedelta) -> None:
    """Move what waits and what is leased into the past."""
    for row in session.scalars(own(session, JobRow)):
        row.due_at -= by
        row.leased_until = row.leased_until and row.leased_until - by
    lease = own_update(session, LeaseRow)
    run(session, lease.values(until=now() - timedelta(seconds=1)))


async def lease_one(store: Store) -> Job:
    (job,) = await store.write(lease_jobs, most=5)
    return job


async def test_work_that_is_put_off_is_leased_to_one_only(store: Store) -> None:
    await store.write(put_off, "deliver", message_id="m1")
    taken = await asyncio.gather(*(store.write(lease_jobs, most=5) for _ in range(6)))
    (job,) = [job for jobs in taken for job in jobs]
    assert (job.kind, job.args, job.attempts) == ("deliver", {"message_id": "m1"}, 1)
    assert not await store.read(has_work)


async def test_keyed_work_is_put_off_once(store: Store) -> None:
    for _ in range(3):
        await store.write(put_off, "deliver", key="m1", message_id="m1")
    await store.write(put_off, "deliver", key="m2", message_id="m2")
    assert [r["id"] for r in await store.read(rows)] == ["deliver:m1", "deliver:m2"]


async def test_work_for_later_waits_for_its_time(store: Store) -> None:
    await store.write(put_off, "remind", due_at=now() + timedelta(minutes=5))
    assert not await store.read(has_work)
    await store.write(time_passes, timedelta(minutes=6))
    assert await store.read(has_work)


async def test_finished_work_is_gone(store: Store) -> None:
    await store.write(put_off, "deliver")
    await store.write(finish_job, await lease_one(store))
    assert await store.read(rows) == []


async def test_a_lease_that_ran_out_goes_to_another_and_the_first_can_no_longer_finish(
    store: Store,
) -> None:
    await store.write(put_off, "deliver")
    slow = await lease_one(store)
    await store.write(time_passes, LEASE + timedelta(seconds=1))
    second = await lease_one(store)
    assert second.attempts == 2
    assert not await store.write(keep_lease, slow)
    await store.write(finish_job, slow)
    await store.write(give_back_job, slow, error="too late")
    assert await store.write(keep_lease, second)
    assert len(await store.read(rows)) == 1


async def test_failed_work_is_tried_again_later_and_later(store: Store) -> None:
    await store.write(put_off, "deliver")
    pauses = []
    for _ in range(3):
        job = await lease_one(store)
        await store.write(give_back_job, job, error="平台没有回答")
        (row,) = await store.read(rows)
        pauses.append(round((row["due_at"] - now()).total_seconds()))
        assert not await store.read(has_work)
        await store.write(time_passes, timedelta(hours=1))
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1
    assert pauses[2] >= 10


async def test_work_that_keeps_failing_is_kept_for_people_to_look_at(store: Store) -> None:
    await store.write(put_off, "deliver", message_id="m1")
    for _ in range(MOST_ATTEMPTS):
        await store.write(give_back_job, await lease_one(store), error="拒绝")
        await store.write(time_passes, timedelta(hours=2))
    (row,) = await store.read(rows)
    assert (row["state"], row["args"]) == ("failed", {"message_id": "m1"})
    assert not await store.read(has_work)


async def test_work_cut_short_by_a_stop_is_due_at_once_and_the_try_does_not_count(
    store: Store,
) -> None:
    await store.write(put_off, "deliver")
    await store.write(return_job, await lease_one(store))
    assert (await lease_one(store)).attempts == 1


async def test_only_one_holds_a_lease_and_keeps_it_until_it_ends_or_is_laid_down(
    store: Store,
) -> None:
    async def take(holder: str) -> bool:
        return await store.write(take_lease, "worker", holder, seconds=15)

    assert await asyncio.gather(*map(take, ["甲", "乙", "丙"])) == [True, False, False]
    assert await take("甲")
    await store.write(time_passes, timedelta(0))
    assert await take("乙")
    assert not await take("甲")
    await store.write(release_lease, "worker", "甲")  # not theirs to lay down
    assert not await take("甲")
    await store.write(release_lease, "worker", "乙")
    assert await take("甲")


async def test_who_opens_the_folder_anew_does_not_wait_for_the_dead(
    sqlite: Warehouse, tenant_id: str
) -> None:
    store = sqlite.of(tenant_id)
    await store.write(take_lease, "worker", "died", seconds=3600)
    await store.write(put_off, "deliver")
    await lease_one(store)
    sqlite.close()
    reopened = Warehouse(sqlite.home)
    reopened.open()
    try:
        store = reopened.of(tenant_id)
        assert await store.write(take_lease, "worker", "alive", seconds=15)
        assert await store.read(has_work)
    finally:
        reopened.close()


async def test_leases_follow_the_databases_clock(
    postgres: Warehouse, tenant_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wrong:
        """A machine whose clock is a day ahead."""

        @staticmethod
        def now(zone: Any) -> Any:
            return now().astimezone(zone) + timedelta(days=1)

    monkeypatch.setattr(
        "diji.foundation.jobs.datetime",
        type("D", (Wrong,), {"fromtimestamp": type(now()).fromtimestamp}),
    )
    ahead = await postgres.of(tenant_id).read(database_now)
    assert abs((ahead - now()).total_seconds()) < 60
