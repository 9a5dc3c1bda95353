"""Chance that falls the same way every time: one seed, a word for each use."""

import hashlib
import random

SEED = "岚里-1"


def chance(what: str) -> random.Random:
    """Dice for one thing; who seeds again after an interruption throws the same."""
    return random.Random(f"{SEED}:{what}")  # noqa: S311 - a play needs no secrecy


def mark(what: str) -> str:
    """The id of one thing, the same in every demo."""
    return hashlib.sha256(f"{SEED}:{what}".encode()).hexdigest()[:32]
