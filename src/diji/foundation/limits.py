"""How often somebody may do something; counted in this process, which is enough to stop a flood."""

import time
from collections import OrderedDict

from .errors import TooOften

MOST_KEYS = 50_000


class RateLimit:
    """A bucket for each key: `burst` at once, `per_minute` in the long run."""

    def __init__(self, *, per_minute: float, burst: int) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, *, now: float | None = None) -> None:
        """Count one; raises `TooOften` when the bucket is empty."""
        moment = time.monotonic() if now is None else now
        level, before = self._buckets.pop(key, (self._burst, moment))
        level = min(self._burst, level + (moment - before) * self._rate)
        if level < 1:
            self._buckets[key] = (level, moment)
            wait = max(1, round((1 - level) / self._rate))
            raise TooOften("操作太频繁，请稍候再试", "Too often; wait a moment", retry_after=wait)
        self._buckets[key] = (level - 1, moment)
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
