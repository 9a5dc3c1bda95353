"""Runs what rooms do by the clock."""

import asyncio

import structlog

from diji.foundation import REACTIONS, Round, Store

_LOG = structlog.get_logger("diji.worker")


class Rounds:
    """The rounds of one tenant; one that fails is tried again at its next time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for name, (seconds, do) in REACTIONS.to_clock.items():
                group.create_task(self._again_and_again(name, seconds, do))

    async def _again_and_again(self, name: str, seconds: float, do: Round) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await do(self._store)
            except Exception:  # noqa: BLE001 - the next round may work
                _LOG.exception("round.failed", round=name)
