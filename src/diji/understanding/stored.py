"""How a model lies in its folder: arrays in ``weights.npz``, all else in ``card.json``; never pickled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    Arrays: TypeAlias = dict[str, npt.NDArray[Any]]

_ARRAYS, _CARD = "weights.npz", "card.json"


def there(folder: Path) -> bool:
    return (folder / _ARRAYS).exists()


def read(folder: Path) -> tuple[dict[str, Any], Arrays]:
    """Card and arrays; raises `FileNotFoundError` where there is no model."""
    import numpy as np

    card: dict[str, Any] = json.loads((folder / _CARD).read_text("utf-8"))
    with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
        return card, {name: arrays[name] for name in arrays.files}


def write(folder: Path, card: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / _ARRAYS, **arrays)  # type: ignore[arg-type]
    told = json.dumps(card, ensure_ascii=False, indent=2)
    (folder / _CARD).write_text(told + "\n", encoding="utf-8")
