"""The simulated platform: takes our replies as a real one would, remembers them, and lets the buyer hear."""

import asyncio
from collections import defaultdict
from pathlib import Path

from diji.channels import Outgoing


class SimulatedPlatform:
    """A channel to people who do not exist; the file remembers what was sent, across restarts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sent = set(path.read_text().split()) if path.exists() else set()
        self._bells: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def send(self, outgoing: Outgoing) -> str:
        if outgoing.message_id not in self._sent:
            self._remember(outgoing.message_id)
        self._bells[outgoing.recipient].set()
        return f"sim:{outgoing.message_id}"

    async def was_sent(self, outgoing: Outgoing) -> bool | None:
        return outgoing.message_id in self._sent

    def bell(self, recipient: str) -> asyncio.Event:
        """Rings when something is said to this buyer."""
        return self._bells[recipient]

    def _remember(self, message_id: str) -> None:
        with self._path.open("a") as file:
            file.write(f"{message_id}\n")
        self._sent.add(message_id)
