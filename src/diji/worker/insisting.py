"""Work that outlives a full disk or a database that is away."""

import asyncio
from collections.abc import Callable
from typing import Any

from diji.foundation import Store, Unavailable

AGAIN_EVERY = 1.0  # seconds


async def insist(store: Store, action: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Write, and while nothing can be stored try again."""
    while True:
        try:
            await store.write(action, *args, **kwargs)
        except Unavailable:
            await asyncio.sleep(AGAIN_EVERY)
        else:
            return
