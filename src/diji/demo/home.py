"""The demo's own folder: known by its marker, which also remembers how far everything has come."""

import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diji.foundation import Conflict, Home, HomeInUse, NotFound

from .chance import SEED

MARKER = "demo.json"
_WHAT = "diji demo"
# What may lie in a folder that nobody has used yet: the lock of a start that was interrupted at once.
_NOTHING = frozenset({"lock", f"{MARKER}.new"})


@dataclass(slots=True)
class DemoHome:
    """`DIJI_HOME/demo` while this process uses it."""

    path: Path
    born: datetime
    reached: dict[str, int] = field(default_factory=dict)

    def has(self, step: str) -> int:
        """How many slices of a step are done."""
        return self.reached.get(step, 0)

    def reach(self, step: str, count: int) -> None:
        """Remember it; a start that comes after a crash goes on from here, or harmlessly does a slice again."""
        self.reached[step] = count
        self.save()

    def save(self) -> None:
        words = {
            "what": _WHAT, "seed": SEED, "born": self.born.isoformat(), "reached": self.reached,
        }  # fmt: skip
        fresh = self.path / f"{MARKER}.new"
        fresh.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.path / MARKER)


def open_home(path: Path, *, now: datetime | None = None) -> DemoHome:
    """The demo's folder, new or known; a folder that holds anything else is left alone."""
    known = _marker(path)
    if known:
        return DemoHome(path, datetime.fromisoformat(known["born"]), known["reached"])
    if path.exists() and any(entry.name not in _NOTHING for entry in path.iterdir()):
        raise Conflict(
            f"{path} 里有别的内容，不是演示店铺的文件夹", f"{path} holds something else than a demo"
        )
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whole seconds: what is read back from the marker is what the first start reckoned with.
    home = DemoHome(path, (now or datetime.now(UTC)).replace(microsecond=0))
    home.save()
    return home


def _marker(path: Path) -> dict[str, Any] | None:
    try:
        words = json.loads((path / MARKER).read_text(encoding="utf-8"))
        ours = words["what"] == _WHAT and datetime.fromisoformat(words["born"]).tzinfo is not None
        return words if ours and isinstance(words["reached"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(path: Path) -> None:
    """Delete the demo's folder; refuses another's, and one in use."""
    if path.is_symlink() or not path.is_dir():
        raise NotFound(f"{path} 不存在，没有演示店铺可删", f"There is no demo at {path}")
    if _marker(path) is None:
        raise Conflict(
            f"{path} 没有演示店铺的标记，不删除", f"{path} does not bear a demo's mark: left alone"
        )
    lock = Home(path)
    try:
        lock.hold("being removed")
    except HomeInUse as used:
        where = used.door.address if used.door else "?"
        raise Conflict(
            f"演示店铺正在运行（{where}），请先停止", f"The demo runs at {where}: stop it first"
        ) from None
    # The marker goes last, so that an interrupted removal can be done again.
    for entry in path.iterdir():
        if entry.name == MARKER:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    (path / MARKER).unlink()
    lock.release()
    path.rmdir()
