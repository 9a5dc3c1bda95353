"""Times as people live them in China: when they buy, when the courier comes."""

import random
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
# How many of a day's people are awake and on the phone, hour by hour.
_BUSY = (4, 2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 11, 11, 10, 9, 9, 9, 9, 9, 11, 15, 17, 14, 8)


def on_day(
    born: datetime, days_ago: float, dice: random.Random, *, first: int = 0, last: int = 23
) -> datetime:
    """A moment on the day that lies so long ago, at an hour when people are up; never after `born`."""
    day = (born - days_ago * DAY).astimezone(CHINA).replace(minute=0, second=0, microsecond=0)
    hour = dice.choices(range(first, last + 1), _BUSY[first : last + 1])[0]
    moment = day.replace(hour=hour) + timedelta(seconds=dice.randrange(3600))
    while moment >= born:
        moment -= DAY
    return moment.astimezone(born.tzinfo)


def morning_of(born: datetime, dice: random.Random, *, days_ago: int = 0) -> datetime:
    """When couriers set out: the latest morning before `born`, or one so many days earlier."""
    day = born.astimezone(CHINA).replace(hour=7, minute=40, second=0, microsecond=0)
    moment = day + timedelta(seconds=dice.randrange(7200)) - days_ago * DAY
    while moment >= born - timedelta(minutes=5):
        moment -= DAY
    return moment.astimezone(born.tzinfo)


def next_day(moment: datetime, dice: random.Random, *, days: int) -> datetime:
    """In the afternoon some days later."""
    day = (moment + days * DAY).astimezone(CHINA).replace(hour=14, minute=0, second=0)
    return (day + timedelta(seconds=dice.randrange(14_400))).astimezone(moment.tzinfo)
