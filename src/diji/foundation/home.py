"""One process owns DIJI_HOME; its lock file tells every other where to send its work."""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Door:
    """Where the owning process listens, and the secret that proves access to this folder."""

    pid: int
    address: str
    token: str


class HomeInUse(Exception):
    """Another process owns the folder."""

    def __init__(self, door: Door | None) -> None:
        super().__init__(f"another diji owns this folder: {door.address if door else 'unknown'}")
        self.door = door


class Home:
    """The folder of one installation, held while this object is open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def hold(self, address: str) -> Door:
        """Own the folder, or raise `HomeInUse` with the owner's door."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _open_private(self.path / "lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise HomeInUse(door_of(self.path)) from None
        door = Door(os.getpid(), address, secrets.token_urlsafe(32))
        lock.seek(0)
        lock.truncate()
        json.dump(asdict(door), lock)
        lock.flush()
        self._lock = lock
        return door

    def release(self) -> None:
        if self._lock:
            self._lock.seek(0)
            self._lock.truncate()
            self._lock.flush()
            self._lock.close()
            self._lock = None

    def secret(self, name: str) -> str:
        """A secret of this installation, made when it is first asked for and kept in the folder."""
        path = self.path / f"{name}.secret"
        if not path.exists() or not path.stat().st_size:  # empty: a crash came before the words
            with _open_private(path) as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text()


def _open_private(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")


def door_of(home: Path) -> Door | None:
    """The door of the process that owns the folder now, if any does."""
    path = home / "lock"
    if not path.exists():
        return None
    with path.open("r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                return Door(**json.loads(lock.read()))
            except (ValueError, TypeError):
                return None
    return None
