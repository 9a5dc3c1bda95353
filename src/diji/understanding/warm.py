"""Loads models and tables before the first consumer has to wait for them."""

from __future__ import annotations

from .message import read
from .review import read_review


def warm_up() -> None:
    """Load everything once."""
    read("你好，请问什么时候发货？")
    read_review("质量很好，就是物流慢了点。")
