"""How often somebody may."""

import pytest

from diji.foundation import RateLimit, TooOften


def test_a_burst_passes_and_the_next_one_waits() -> None:
    limit = RateLimit(per_minute=6, burst=3)
    for _ in range(3):
        limit.take("小王", now=0)
    with pytest.raises(TooOften) as refused:
        limit.take("小王", now=0)
    assert refused.value.retry_after == 10
    limit.take("小王", now=10)


def test_one_who_floods_takes_nothing_from_another() -> None:
    limit = RateLimit(per_minute=6, burst=1)
    limit.take("路人", now=0)
    with pytest.raises(TooOften):
        limit.take("路人", now=0)
    limit.take("小王", now=0)


def test_asking_while_refused_does_not_make_the_wait_longer() -> None:
    limit = RateLimit(per_minute=60, burst=1)
    limit.take("小王", now=0)
    for tenth in range(1, 10):
        with pytest.raises(TooOften):
            limit.take("小王", now=tenth / 10)
    limit.take("小王", now=1.01)


def test_patience_saves_up_no_more_than_one_burst() -> None:
    limit = RateLimit(per_minute=60, burst=2)
    limit.take("小王", now=0)
    for _ in range(2):
        limit.take("小王", now=3600)
    with pytest.raises(TooOften):
        limit.take("小王", now=3600)
