"""The serving process stays on one core, the one that others leave alone."""

import asyncio
import contextlib
import os
import time
from pathlib import Path

import pytest

from benchmarks.house import free_port
from diji.cli.one_core import keep_to_one_core, quietest
from tests.app.serving import serving_apart


@pytest.mark.parametrize(
    ("shares", "here", "best"),
    [
        ({0: 0.9, 1: 0.1}, None, 1),
        ({0: 0.9, 1: 0.1}, 0, 1),
        ({0: 0.3, 1: 0.1}, 0, 0),  # not worth moving
        ({0: 0.0, 1: 0.0}, 1, 1),
    ],
)
def test_it_sits_where_it_is_quiet_and_moves_only_for_much(
    shares: dict[int, float], here: int | None, best: int
) -> None:
    assert quietest(shares, here) == best


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) <= 1,
    reason="there is one core, or no way to choose",
)
def test_all_threads_that_serve_are_on_one_core(tmp_path: Path) -> None:
    with serving_apart(tmp_path, free_port()) as (_, process):
        until = time.monotonic() + 15
        while len(on_cores(process.pid)) > 1 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(on_cores(process.pid)) == 1


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) <= 1,
    reason="there is one core, or no way to choose",
)
async def test_who_stops_serving_has_all_cores_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diji.cli.one_core.FIRST_LOOK", 0.05)
    before = os.sched_getaffinity(0)
    task = asyncio.create_task(keep_to_one_core())
    while len(os.sched_getaffinity(0)) > 1:  # noqa: ASYNC110 - the system rings no bell
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert os.sched_getaffinity(0) == before


def on_cores(pid: int) -> set[int]:
    cores: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(ProcessLookupError):  # a thread that ended meanwhile
            cores |= os.sched_getaffinity(int(task.name))
    return cores
