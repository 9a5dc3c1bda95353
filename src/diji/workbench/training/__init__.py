"""Intents in the shop's own words: fitted to its labels, after doubting them, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import IntentModel, Prediction, load
from .table import Table, read_table

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["IntentModel", "Prediction", "Table", "load", "read_table", "train"]


def train(table: Table, folder: Path, *, seed: int) -> dict[str, Any]:
    """Fit a model and write it to a folder with its card, which is the answer, and the suspects."""
    from .fitting import fit_intents  # scipy and scikit-learn: reading needs neither

    return fit_intents(table, folder, seed=seed)
