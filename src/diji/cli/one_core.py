"""Keeps a serving process on one core, the quietest, and moves it when others come to work there.

Threads of one interpreter pass its lock from hand to hand. Across cores each passing wakes a sleeping core; on one
core it is a step aside. Processes that it starts begin on the same core.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import structlog

_LOG = structlog.get_logger("diji.cli")

FIRST_LOOK, LOOK_EVERY = 0.3, 5.0  # seconds
WORTH_MOVING = 0.3  # share of a core that others must take here more than elsewhere
_TASKS, _STAT = Path("/proc/self/task"), Path("/proc/stat")


async def keep_to_one_core() -> None:
    """Runs as long as the server does; at once at its end where there is nothing to choose."""
    cores = _cores()
    if len(cores) <= 1:
        return
    try:
        await _stay(cores)
    except (OSError, ValueError):
        _LOG.info("one_core.cannot_choose", exc_info=True)
    finally:
        _bind(cores)  # who serves again in this process, after a restore, chooses anew


async def _stay(cores: frozenset[int]) -> None:
    here: int | None = None
    rest = FIRST_LOOK
    while True:
        began, own, seen = time.monotonic(), time.process_time(), _worked(cores)
        await asyncio.sleep(rest)
        rest = LOOK_EVERY
        seconds = time.monotonic() - began
        shares = {core: (now - seen[core]) / seconds for core, now in _worked(cores).items()}
        if here is not None:
            shares[here] -= (time.process_time() - own) / seconds
        best = quietest(shares, here)
        if best != here:
            here = best
            _bind({here})


def quietest(shares: Mapping[int, float], here: int | None) -> int:
    """The core that others use least; the one we are on unless another is much quieter."""
    best = min(shares, key=lambda core: shares[core])
    if here is not None and shares[here] - shares[best] < WORTH_MOVING:
        return here
    return best


def _cores() -> frozenset[int]:
    if not hasattr(os, "sched_setaffinity") or not _STAT.exists():
        return frozenset()
    return frozenset(os.sched_getaffinity(0))


def _worked(cores: Iterable[int]) -> dict[int, float]:
    """Seconds that each core has worked since the machine started."""
    tick = os.sysconf("SC_CLK_TCK")
    worked = dict.fromkeys(cores, 0.0)
    for line in _STAT.read_text("ascii").splitlines():
        name, *ticks = line.split()
        if name.startswith("cpu") and name[3:].isdigit() and int(name[3:]) in worked:
            user, nice, system, _idle, _waiting, *rest = map(int, ticks)
            worked[int(name[3:])] = (user + nice + system + sum(rest[:2])) / tick
    return worked


def _bind(cores: Iterable[int]) -> None:
    """All threads that run; those to come take after the one that starts them."""
    for task in _TASKS.iterdir():
        with contextlib.suppress(OSError):  # a thread may end meanwhile, a container may forbid it
            os.sched_setaffinity(int(task.name), cores)
