"""What Diji does by itself: reactions to the ledger, durable work, and rounds by the clock."""

from .work import Worker

__all__ = ["Worker"]
