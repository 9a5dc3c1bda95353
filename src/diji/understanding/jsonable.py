"""A reading as the JSON object that integrators and the command line get."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .reading import Reading, ReviewReading


def as_json(reading: Reading | ReviewReading, *, line_id: str | None = None) -> dict[str, Any]:
    """Every field under its own name, lists for tuples; ``line_id`` becomes ``id`` in front."""
    fields = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(reading).items()
    }
    return fields if line_id is None else {"id": line_id, **fields}
