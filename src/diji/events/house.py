"""What can happen to the house as a whole."""

from datetime import datetime

from .base import Event


class DataRestored(Event):
    """Everything was brought back as it was when a backup was made; what came after it is gone."""

    made_at: datetime
