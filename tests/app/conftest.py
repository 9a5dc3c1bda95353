"""A served Diji for the tests of sockets and of bad input."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.serving import Served, serving


@pytest.fixture
def fresh_home(migrated: Path, tmp_path: Path) -> Path:
    home = tmp_path / "served"
    home.mkdir()
    shutil.copy(migrated / "diji.sqlite3", home / "diji.sqlite3")
    return home


@pytest.fixture
def served(fresh_home: Path) -> Iterator[Served]:
    """A shop of this test alone."""
    with serving(fresh_home) as diji:
        yield diji


@pytest.fixture
def quiet(fresh_home: Path) -> Iterator[Served]:
    """A shop without a worker: nobody says anything by themselves."""
    with serving(fresh_home, run_worker=False) as diji:
        yield diji


@pytest.fixture(scope="module")
def standing(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One shop for a module whose tests do not look at what others did."""
    home = tmp_path_factory.mktemp("standing")
    shutil.copy(migrated / "diji.sqlite3", home / "diji.sqlite3")
    with serving(home) as diji:
        yield diji
