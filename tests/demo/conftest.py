"""One demo, seeded whole once, for every test that only looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from diji.demo import DemoHome
from diji.foundation import Warehouse
from tests.demo.make import folder, seed


@pytest.fixture(scope="session")
def seeded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with folder(migrated, tmp_path_factory.mktemp("seeded") / "demo") as (warehouse, home):
        seed(warehouse, home)
        yield warehouse


@pytest.fixture
def empty(migrated: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, DemoHome]]:
    """A demo's folder in which nothing was seeded yet."""
    with folder(migrated, tmp_path / "demo") as opened:
        yield opened
