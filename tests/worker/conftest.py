"""Rooms of the test's own making."""

import pytest

from tests.worker.make import no_rooms


@pytest.fixture(autouse=True)
def _no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    no_rooms(monkeypatch)
